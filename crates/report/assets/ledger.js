// Who met whom: one row per event, as a table and as a matrix of people.
const eventFilters = { q: '', type: '', modality: '', certainty: '', who: '', and: '', view: 'table', sort: '', people: '24' };

function eventText(event) {
  const { first, last, value } = event.date, bare = iso => iso ? iso.split('-').map(Number).reverse().join('/') : '';
  return event['text ' + settings.lang] ??= plain([event.id, ...event.participants.flatMap(p => [entity(p.entity).name, ...(p.capacities || [])]), event.place ? entity(event.place).name : '', ...event.triggers, word('types', event.type), t(event.modality), t(event.date.certainty), dateText(event.date), bare(first), bare(last), value || ''].join(' '));
}
function chosenEvents(filters) {
  const q = plain(filters.q).split(/\s+/).filter(Boolean), has = (e, id) => !id || e.participants.some(p => p.entity === id);
  return data('events').filter(e => (!filters.type || e.type === filters.type) && (!filters.modality || e.modality === filters.modality) && (!filters.certainty || e.date.certainty === filters.certainty) && has(e, filters.who) && has(e, filters.and) && q.every(w => eventText(e).includes(w)));
}

const names = people => people.map(p => `${entity(p.entity).name}${p.capacities?.length ? ` (${p.capacities[0]})` : ''}`).join('; ');
const extra = list => list.map(p => h('span', { class: 'cap' }, `${word('role_names', p.roles[0])}: `, named(p.entity)));
// A visit says where it went; the same place is not said again.
const placeOf = event => event.place && !event.participants.some(p => p.entity === event.place && OBJECTS.includes(p.roles[0])) ? event.place : null;
const firstName = list => list.length ? entity(list[0].entity).name : '';
const eventColumns = () => [
  { key: 'date', label: t('date'), cell: e => when(e.date), text: e => dateText(e.date), by: e => e.date.certainty === 'open' ? '' : e.date.first || e.date.last },
  { label: t('certainty'), text: e => t(e.date.certainty) },
  { key: 'what', label: t('what'), bare: true, cell: e => [h('a', { class: 'kind', href: link('event', e.id) }, word('types', e.type)), ' ', e.modality !== 'happened' ? state(e.modality) : '', extra(sides(e).objects)], text: e => word('types', e.type), by: e => word('types', e.type) },
  { label: t('status'), text: e => t(e.modality) },
  { key: 'who', label: t('who'), cell: e => sides(e).one.map(person(e.type)), text: e => names(sides(e).one), by: e => firstName(sides(e).one) },
  { key: 'with', label: t('with'), cell: e => [sides(e).other.map(person(e.type)), extra(sides(e).around)], text: e => names(sides(e).other), by: e => firstName(sides(e).other) },
  { label: t('also'), text: e => names(sides(e).around) }, { label: t('about'), text: e => names(sides(e).objects) },
  { key: 'where', label: t('where'), cell: e => placeOf(e) ? named(placeOf(e)) : '', text: e => e.place ? entity(e.place).name : '', by: e => e.place ? entity(e.place).name : '' },
  { key: 'sources', label: t('sources'), cell: () => '', text: e => e.documents, by: e => e.documents }, { label: t('evidence'), text: e => e.evidence[0]?.text }, { label: 'id', text: e => e.id }];

function eventRows(events, order, sort) {
  const told = e => e.stories !== undefined && e.stories < e.documents ? `${t('docs_1', { n: e.documents })} · ${t('stories_1', { n: e.stories })}` : t('docs_1', { n: e.documents });
  return table(eventColumns(), events, { order, sort, name: 'ledger', detail: e => ({ label: told(e), content: () => evidence(e.evidence) }) });
}

// Kinds of event at which those who take part are together.
const TOGETHER = ['MEET', 'TALKS', 'RECEPTION', 'SIGN', 'CONFERENCE', 'PRESS', 'BANQUET'];
// Pairs of people whom an event brings together: a host and each guest, not two guests.
function pairsOf(event) {
  const { one, other, equal } = sides(event), isPerson = p => p.entity.startsWith('per:'), out = [];
  const people = event.participants.some(p => p.roles.includes('via')) ? [] : [...new Set([...one, ...other])].filter(isPerson).slice(0, 8);
  people.forEach((a, i) => { for (const b of people.slice(i + 1)) if (one.includes(a) !== one.includes(b) || equal.includes(a) && equal.includes(b)) out.push([a.entity, b.entity].sort()); });
  return out;
}
// How often any two met, and how often a meeting of theirs is only planned or recalled.
function meetings(events, type) {
  const pairs = new Map();
  for (const event of events) if (type || TOGETHER.includes(event.type)) for (const [a, b] of pairsOf(event)) {
    const key = a + ' ' + b, pair = pairs.get(key) || { a, b, n: 0, open: 0 };
    event.modality === 'happened' ? pair.n++ : pair.open++;
    pairs.set(key, pair);
  }
  return pairs;
}

function matrix(events, filters, set, query) {
  const pairs = meetings(events, filters.type), count = new Map(), people = new Set(), most = Math.max(1, ...[...pairs.values()].map(p => p.n));
  for (const { a, b, n, open } of pairs.values()) for (const id of [a, b]) count.set(id, (count.get(id) || 0) + n + open / 1000);
  if (!pairs.size) return h('p', { class: 'empty' }, t('none'));
  // Those who met most come in together, so that no row is empty.
  for (const { a, b } of [...pairs.values()].sort((x, y) => y.n - x.n || y.open - x.open || (x.a + x.b).localeCompare(y.a + y.b))) if (people.size + !people.has(a) + !people.has(b) <= +filters.people) people.add(a).add(b);
  const rows = [...people].sort((a, b) => count.get(b) - count.get(a) || a.localeCompare(b));
  const cell = (a, b) => {
    const pair = pairs.get(a < b ? a + ' ' + b : b + ' ' + a);
    if (!pair) return h('td', { class: a === b ? 'self' : null });
    const both = { a: entity(a).name, b: entity(b).name }, label = [pair.n ? t('met_cell', { ...both, n: pair.n }) : '', pair.open ? t('met_cell_open', { ...both, n: pair.open }) : ''].filter(Boolean).join('; ');
    return h('td', {}, h('a', { class: pair.n ? null : 'hollow', href: '#/ledger' + query({ who: a, and: b, view: 'table', people: '24' }), title: label, 'aria-label': label, style: { '--s': `${10 + 34 * pair.n / most}%` } }, pair.n || pair.open));
  };
  return h('div', {}, h('p', { class: 'note legend cells' }, h('span', {}, t('met_solid')), h('span', { class: 'hollow' }, t('met_hollow')), t('met_of', { k: number(rows.length), n: number(count.size) }), rows.length < count.size ? h('button', { class: 'button', 'data-key': 'people', onclick: () => set({ people: String(+filters.people + 24) }) }, t('more_people')) : null),
    h('div', { class: 'matrix', tabindex: 0, role: 'region', 'aria-label': t('matrix') }, h('table', {},
      h('thead', {}, h('tr', {}, h('td'), rows.map(id => h('th', { scope: 'col' }, h('span', {}, entity(id).name))))),
      h('tbody', {}, rows.map(a => h('tr', {}, h('th', { scope: 'row' }, named(a)), rows.map(b => cell(a, b))))))));
}

function ledger() {
  const events = data('events'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const draw = () => { const rows = chosenEvents(filters); count.textContent = tally(rows.length, all('events'), 'n_events'); result.replaceChildren(filters.view === 'matrix' ? matrix(rows, filters, set, query) : eventRows(rows, filters.sort, sort => set({ sort }))); };
  const [filters, set, query] = filtering(eventFilters, draw);
  const of = key => [...new Set(events.map(key))].sort();
  const people = new Map();
  for (const e of events) for (const p of e.participants) if (/^(per|org):/.test(p.entity)) people.set(p.entity, (people.get(p.entity) || 0) + 1);
  for (const id of [filters.who, filters.and]) if (id && !people.has(id)) people.set(id, Infinity);
  const anyone = label => [['', label], ...[...people].sort((a, b) => b[1] - a[1]).slice(0, 300).map(([id]) => [id, entity(id).name]).sort((a, b) => collator.compare(a[1], b[1]))];
  const turn = changes => { set(changes, true); refocus(() => show(true)); };
  const view = name => tool(t(name), filters.view === name, () => turn({ view: name }));
  const isFiltered = Object.keys(eventFilters).some(key => !['q', 'view', 'sort', 'people'].includes(key) && filters[key]);
  draw();
  return [head(t('ledger'), t('ledger_lead')),
    filterBar(searchBox(filters.q, q => set({ q })), [
      select(t('type'), filters.type, [['', t('any_type')], ...of(e => e.type).map(k => [k, word('types', k)])], type => set({ type })),
      select(t('status'), filters.modality, [['', t('any_status')], ...of(e => e.modality).map(k => [k, t(k)])], modality => set({ modality })),
      select(t('certainty'), filters.certainty, [['', t('any_certainty')], ...of(e => e.date.certainty).map(k => [k, t(k)])], certainty => set({ certainty })),
      select(t('who'), filters.who, anyone(t('who_any')), who => set({ who })), select(t('with'), filters.and, anyone(t('with_any')), and => set({ and })),
      tools(t('view'), view('table'), view('matrix')),
      h('button', { class: 'button', 'data-key': 'clear', onclick: () => turn({ ...eventFilters, view: filters.view }) }, t('clear')),
      csvButton('events', eventColumns(), () => chosenEvents(filters))], count, isFiltered),
    limited('events'), result];
}

// One event with all that tells it.
function eventPage(id) {
  const event = eventRow(id);
  if (!event) return null;
  const told = Object.entries(event.modalities), papers = event.participants.filter(p => p.roles[0] === 'agreement' && index('agreements').has(p.entity));
  return [head(word('types', event.type), null, state(event.modality), when(event.date)),
    h('div', { class: 'grid' },
      card('c5', t('participants'), null, h('ul', { class: 'plain' }, event.participants.map(p => h('li', {}, h('span', { class: `dot ${entity(p.entity).type}` }), named(p.entity), h('span', { class: 'cap' }, p.roles.map(r => word('role_names', r)).join(', '), p.capacities?.length ? ` · ${t('in_capacity')} ${p.capacities.join('; ')}` : ''))))),
      card('c7', t('sources'), null, h('p', { class: 'note' }, [event.place ? [t('where'), ': ', named(event.place), ' · '] : '', `${t('certainty')}: ${t(event.date.certainty)} · `, event.date.basis ? `${t('basis')}: ${basisText(event.date.basis)} · ` : '', told.map(([m, n], i) => `${i ? ', ' : ''}${t(m)} ${n}`), papers.map(p => [' · ', h('a', { href: link('agreement', p.entity) }, t('as_agreement'))])]), evidence(event.evidence), h('p', { class: 'note' }, h('code', {}, event.id))))];
}
