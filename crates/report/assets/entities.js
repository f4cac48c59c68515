// Who and what is named: the list, and a page for each.
const people = { q: '', type: '', sort: 'count' };

// "Ngô Xuân Lịch" is sorted under Lịch, as a Vietnamese register does.
const givenName = name => { const parts = name.split(' '); return parts.length > 1 && parts.length < 6 ? `${parts.at(-1)} ${name}` : name; };

function entities() {
  const rows = data('entities'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const chosenNames = () => {
    const q = plain(people.q);
    const list = rows.filter(r => (!people.type || r.type === people.type) && (!q || (r.haystack ??= plain([r.name, ...r.names.map(n => n.name), ...r.titles.map(x => x.title)].join(' '))).includes(q)));
    return people.sort === 'name' ? list.sort((a, b) => givenName(a.name).localeCompare(givenName(b.name), 'vi')) : list;
  };
  const columns = [
    { label: t('name'), cell: r => [h('span', { class: `dot ${r.type}` }), h('a', { href: link('entity', r.id) }, r.name)], text: r => r.name },
    { label: t('type'), cell: r => word('labels', r.type), text: r => r.type },
    { label: t('offices'), cell: r => r.titles.slice(0, 2).map(x => h('span', { class: 'cap' }, x.title)), text: r => r.titles.map(x => x.title).join('; ') },
    { label: t('aliases'), cell: r => h('span', { class: 'small soft' }, r.names.filter(n => n.name !== r.name).slice(0, 5).map(n => n.name).join(', ')), text: r => r.names.map(n => n.name).join('; ') },
    { label: t('n_events'), num: true, cell: r => number(r.events.length), text: r => r.events.length },
    { label: t('documents'), num: true, cell: r => number(r.documents), text: r => r.documents },
    { label: t('mentions'), num: true, cell: r => number(r.mentions), text: r => r.mentions }, { label: 'id', text: r => r.id }];
  const shown = columns.filter(c => c.cell);
  const draw = () => { const list = chosenNames(); count.textContent = `${number(list.length)} ${t('of')} ${number(rows.length)}`; result.replaceChildren(table(shown, list)); };
  const set = key => value => { people[key] = value; draw(); };
  draw();
  return [head(t('entities'), t('entities_lead')), h('div', { class: 'filters' }, searchBox(people.q, set('q')), select(t('type'), people.type, [['', t('any_type')], ...[...new Set(rows.map(r => r.type))].map(k => [k, word('labels', k)])], set('type')), select(t('sort'), people.sort, [['count', t('by_count')], ['name', t('by_given')]], set('sort')), csvButton('entities', columns, chosenNames), count), limited('entities'), result];
}

function officesOf(row) {
  if (!row.titles.length) return null;
  return card('c6', t('offices'), null, h('ul', { class: 'ages' }, row.titles.map(x => h('li', {}, h('span', {}, x.title), h('span', { class: 'small soft' }, x.first ? (x.first === x.last ? dayText(x.first) : t('from_to', { a: dayText(x.first), b: dayText(x.last) })) : '', ` · ${t('docs_1', { n: x.documents })}`)))));
}

function entityPage(id) {
  const row = entity(id), events = row.events.map(eventRow).filter(Boolean), own = data('statements').filter(r => r.speakers.includes(id));
  const with_ = new Map();
  for (const edge of data('network')) if (edge.kind !== 'co_mentioned' && (edge.source === id || edge.target === id)) { const other = edge.source === id ? edge.target : edge.source; const kinds = with_.get(other) || []; kinds.push(`${tieName(edge.kind)} ${edge.weight}`); with_.set(other, kinds); }
  const docs = [...new Set([...events.flatMap(e => e.evidence), ...row.evidence, ...own].map(e => e.document))];
  const zones = Object.entries(row.zones).map(([kind, n]) => ({ label: word('zone_names', kind), n })).sort((a, b) => b.n - a.n);
  return [head(row.name, null, h('span', { class: `pill ${row.type}` }, word('labels', row.type)), h('span', { class: 'soft' }, `${number(row.documents)} ${t('n_documents')} · ${number(row.mentions)} ${t('mentions')}${row.stories !== undefined && row.stories < row.documents ? ` · ${number(row.stories)} ${t('n_stories')}` : ''}`)),
    h('div', { class: 'grid' },
      card('c6', t('aliases'), null, row.names.length ? h('ul', { class: 'plain' }, row.names.map(n => h('li', {}, h('b', {}, n.name), n.mentions ? h('span', { class: 'soft small' }, ` · ${number(n.mentions)} ${t('mentions')}`) : '', n.reason ? h('span', { class: 'cap' }, n.reason) : ''))) : h('p', { class: 'note' }, t('sole')),
        row.merged?.length ? [h('h3', { style: 'margin-top: .8rem' }, t('merged')), h('ul', { class: 'plain' }, row.merged.map(m => h('li', {}, h('code', {}, m.id), h('span', { class: 'cap' }, m.reason))))] : null),
      officesOf(row),
      with_.size ? card('c6', t('tied'), null, h('ul', { class: 'plain' }, [...with_].slice(0, 40).map(([other, kinds]) => h('li', {}, h('span', { class: `dot ${entity(other).type}` }), named(other), h('span', { class: 'cap' }, kinds.join(', ')))))) : null,
      zones.length ? card('c6', t('zones'), null, bars(zones)) : null,
      row.evidence.length ? card('', t('evidence'), null, evidence(row.evidence)) : null),
    events.length ? [h('h2', { style: 'margin: .5rem 0 .75rem' }, `${t('events_of')} · ${number(events.length)}`), eventRows(events)] : null,
    own.length ? h('section', { class: 'card', style: 'margin-top: 1.25rem' }, h('h2', {}, `${t('said')} · ${number(own.length)}`), paged(own, 20, statement, h('ul', { class: 'plain' }))) : null,
    docs.length ? h('section', { class: 'card', style: 'margin-top: 1.25rem' }, h('h2', {}, t('stories_of')), paged(docs, 40, d => h('li', {}, h('a', { href: link('doc', d) }, doc(d)?.title || d), doc(d)?.date ? h('span', { class: 'soft small' }, ` · ${dayText(doc(d).date)}`) : ''), h('ul', { class: 'plain' }))) : null,
    h('p', { class: 'note', style: 'margin-top: 1rem' }, h('code', {}, id))];
}
