// Who met whom: one row per event, as a table and as a matrix of people.
const filters = { q: '', type: '', modality: '', certainty: '', who: '', and: '', view: 'table' };

function eventText(event) {
  return event.haystack ??= plain([event.id, ...event.participants.flatMap(p => [entity(p.entity).name, ...(p.capacities || [])]), event.place ? entity(event.place).name : '', ...event.triggers, word('types', event.type)].join(' '));
}
function chosen() {
  const q = plain(filters.q).split(/\s+/).filter(Boolean), has = (e, id) => !id || e.participants.some(p => p.entity === id);
  return data('events').filter(e => (!filters.type || e.type === filters.type) && (!filters.modality || e.modality === filters.modality) && (!filters.certainty || e.date.certainty === filters.certainty) && has(e, filters.who) && has(e, filters.and) && q.every(w => eventText(e).includes(w)));
}

const who = people => people.map(p => `${entity(p.entity).name}${p.capacities?.length ? ` (${p.capacities[0]})` : ''}`).join('; ');
const ledgerColumns = () => [
  { label: t('date'), text: e => dateText(e.date) }, { label: t('certainty'), text: e => t(e.date.certainty) }, { label: t('what'), text: e => word('types', e.type) }, { label: t('status'), text: e => t(e.modality) },
  { label: t('who'), text: e => who(sides(e).one) }, { label: t('with'), text: e => who(sides(e).other) }, { label: t('also'), text: e => who(sides(e).around) }, { label: t('about'), text: e => who(sides(e).objects) }, { label: t('where'), text: e => e.place ? entity(e.place).name : '' }, { label: t('documents'), text: e => e.documents }, { label: t('evidence'), text: e => e.evidence[0]?.text }, { label: 'id', text: e => e.id }];

function eventRows(events) {
  const labels = ['date', 'what', 'who', 'with', 'where', 'sources'].map(k => t(k));
  const body = h('table', { class: 'table ledger' }, h('thead', {}, h('tr', {}, labels.map(l => h('th', { scope: 'col' }, l)))), h('tbody'));
  const row = event => {
    const { one, other, around, objects } = sides(event);
    const detail = h('tr', { class: 'detail open', hidden: true }, h('td', { colspan: 6 }));
    const toggle = h('button', { class: 'toggle', 'aria-expanded': 'false', onclick: () => {
      const open = detail.hidden;
      if (open && !detail.firstChild.childNodes.length) detail.firstChild.append(evidence(event.evidence));
      detail.hidden = !open; toggle.setAttribute('aria-expanded', open); main.classList.toggle('open', open);
    } }, event.stories !== undefined && event.stories < event.documents ? `${t('docs_1', { n: event.documents })} · ${t('stories_1', { n: event.stories })}` : t('docs_1', { n: event.documents }), h('span', { class: 'sr' }, `: ${event.id}`));
    const extra = list => list.map(p => h('span', { class: 'cap' }, `${word('role_names', p.roles[0])}: `, named(p.entity)));
    const main = h('tr', {}, [when(event.date), [h('a', { class: 'kind', href: link('event', event.id) }, word('types', event.type)), ' ', event.modality !== 'happened' ? state(event.modality) : '', extra(objects)], one.map(person), [other.map(person), extra(around)], event.place ? named(event.place) : '', toggle].map((cell, i) => h('td', { 'data-l': i === 1 ? null : labels[i] }, cell)));
    return [main, detail];
  };
  let shown = 0;
  const more = h('button', { class: 'button more', onclick: () => next() }, t('more'));
  const next = () => { body.tBodies[0].append(...events.slice(shown, shown += 60).flatMap(row)); more.hidden = shown >= events.length; };
  next();
  return events.length ? h('div', {}, body, more) : h('p', { class: 'empty' }, t('none'));
}

// People by people: how often the chosen events bring two of them together.
function matrix(events) {
  const count = new Map(), pair = new Map();
  for (const e of events) {
    const people = [...new Set(e.participants.filter(p => p.entity.startsWith('per:')).map(p => p.entity))].slice(0, 8);
    for (const a of people) { count.set(a, (count.get(a) || 0) + (people.length > 1)); for (const b of people) if (a !== b) pair.set(a + ' ' + b, (pair.get(a + ' ' + b) || 0) + 1); }
  }
  const people = [...count].filter(([, n]) => n).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 24).map(([id]) => id);
  if (people.length < 2) return h('p', { class: 'empty' }, t('none'));
  const most = Math.max(...pair.values());
  return h('div', { class: 'matrix', tabindex: 0, role: 'region', 'aria-label': t('matrix') }, h('table', {},
    h('thead', {}, h('tr', {}, h('td'), people.map(id => h('th', { scope: 'col' }, h('span', {}, entity(id).name))))),
    h('tbody', {}, people.map(a => h('tr', {}, h('th', { scope: 'row' }, named(a)), people.map(b => {
      const n = pair.get(a + ' ' + b);
      return h('td', { class: a === b ? 'self' : null }, n ? h('button', { style: { '--s': `${10 + 34 * n / most}%` }, 'aria-label': `${entity(a).name} – ${entity(b).name}: ${n}`, onclick: () => { Object.assign(filters, { who: a, and: b, view: 'table' }); show(); } }, n) : '');
    }))))));
}

function ledger() {
  const events = data('events'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const draw = () => { const rows = chosen(); count.textContent = `${number(rows.length)} ${t('of')} ${number(events.length)}`; result.replaceChildren(filters.view === 'matrix' ? matrix(rows) : eventRows(rows)); };
  const set = key => value => { filters[key] = value; draw(); };
  const of = key => [...new Set(events.map(key))].sort();
  const people = new Map();
  for (const e of events) for (const p of e.participants) if (/^(per|org):/.test(p.entity)) people.set(p.entity, (people.get(p.entity) || 0) + 1);
  for (const id of [filters.who, filters.and]) if (id && !people.has(id)) people.set(id, 0);
  const anyone = [['', t('any_person')], ...[...people].sort((a, b) => b[1] - a[1]).slice(0, 300).map(([id]) => [id, entity(id).name]).sort((a, b) => a[1].localeCompare(b[1], 'vi'))];
  const view = name => h('button', { 'aria-pressed': String(filters.view === name), onclick: () => { filters.view = name; show(); } }, t(name));
  const page = [head(t('ledger'), t('ledger_lead')),
    h('div', { class: 'filters' }, searchBox(filters.q, set('q')),
      select(t('type'), filters.type, [['', t('any_type')], ...of(e => e.type).map(k => [k, word('types', k)])], set('type')),
      select(t('status'), filters.modality, [['', t('any_status')], ...of(e => e.modality).map(k => [k, t(k)])], set('modality')),
      select(t('certainty'), filters.certainty, [['', t('any_certainty')], ...of(e => e.date.certainty).map(k => [k, t(k)])], set('certainty')),
      select(t('who'), filters.who, anyone, set('who')), select(t('with'), filters.and, anyone, set('and')),
      h('span', { class: 'seg', role: 'group', 'aria-label': t('view') }, view('table'), view('matrix')),
      h('button', { class: 'button', onclick: () => { Object.assign(filters, { q: '', type: '', modality: '', certainty: '', who: '', and: '' }); show(); } }, t('clear')),
      csvButton('events', ledgerColumns(), chosen), count),
    limited('events'), result];
  draw();
  return page;
}

// One event with all that tells it.
function eventPage(id) {
  const event = eventRow(id);
  if (!event) return [h('p', { class: 'empty' }, t('none'))];
  const told = Object.entries(event.modalities);
  return [head(word('types', event.type), null, state(event.modality), when(event.date)),
    h('div', { class: 'grid' },
      card('c5', t('participants'), null, h('ul', { class: 'plain' }, event.participants.map(p => h('li', {}, h('span', { class: `dot ${entity(p.entity).type}` }), named(p.entity), h('span', { class: 'cap' }, p.roles.map(r => word('role_names', r)).join(', '), p.capacities?.length ? ` · ${t('in_capacity')} ${p.capacities.join('; ')}` : ''))))),
      card('c7', t('sources'), null, h('p', { class: 'note' }, [event.place ? [t('where'), ': ', named(event.place), ' · '] : '', event.date.basis ? `${t('basis')}: ${event.date.basis} · ` : '', told.map(([m, n], i) => `${i ? ', ' : ''}${t(m)} ${n}`)]), evidence(event.evidence), h('p', { class: 'note' }, h('code', {}, event.id))))];
}
