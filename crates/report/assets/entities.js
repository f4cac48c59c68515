// Who and what is named: the list, and a page for each.

// "Ngô Xuân Lịch" is sorted under Lịch, as a Vietnamese register does.
const givenName = row => { const parts = row.name.split(' '); return row.type === 'PER' && parts.length > 1 && parts.length < 6 ? `${parts.at(-1)} ${row.name}` : row.name; };

function entities() {
  const rows = data('entities'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const pick = () => { const q = plain(filters.q); return rows.filter(r => (!filters.type || r.type === filters.type) && (!q || (r.haystack ??= plain([r.name, ...r.names.map(n => n.name), ...r.titles.map(x => x.title)].join(' '))).includes(q))); };
  const columns = [
    { key: 'name', label: t('name'), cell: r => [h('span', { class: `dot ${r.type}` }), h('a', { href: link('entity', r.id) }, r.name)], text: r => r.name, by: givenName },
    { key: 'type', label: t('type'), cell: r => h('span', { class: 'nowrap' }, word('labels', r.type)), text: r => r.type, by: r => word('labels', r.type) },
    { label: t('offices'), cell: r => r.titles.slice(0, 2).map(x => h('span', { class: 'cap' }, x.title)), text: r => r.titles.map(x => x.title).join('; ') },
    { label: t('aliases'), cell: r => h('span', { class: 'small soft' }, r.names.filter(n => n.name !== r.name).slice(0, 5).map(n => n.name).join(', ')), text: r => r.names.map(n => n.name).join('; ') },
    { key: 'events', label: t('n_events'), num: true, cell: r => number(eventsOf(r.id).length), text: r => eventsOf(r.id).length, by: r => eventsOf(r.id).length },
    { key: 'documents', label: t('n_documents'), num: true, cell: r => number(r.documents), text: r => r.documents, by: r => r.documents },
    { key: 'mentions', label: t('mentions'), num: true, cell: r => number(r.mentions), text: r => r.mentions, by: r => r.mentions }, { label: 'id', text: r => r.id }];
  const draw = () => { const list = pick(); count.textContent = tally(list.length, filters.type === 'PER' ? data('corpus').people : all('entities'), filters.type === 'PER' ? 'n_people' : 'n_entities'); result.replaceChildren(table(columns, list, { order: filters.sort, sort: sort => set({ sort }) })); };
  const [filters, set] = filtering({ q: '', type: '', sort: '' }, draw);
  draw();
  return [head(t('entities'), t('entities_lead')), filterBar(searchBox(filters.q, q => set({ q })), [select(t('type'), filters.type, [['', t('any_type')], ...[...new Set(rows.map(r => r.type))].map(k => [k, word('labels', k)])], type => set({ type })), csvButton('entities', columns, pick)], count, filters.type), limited('entities'), result];
}

function officesOf(row) {
  if (!row.titles.length) return null;
  return card('c6', t('offices'), null, h('ul', { class: 'ages' }, row.titles.map(x => h('li', {}, h('span', {}, x.title), h('span', { class: 'small soft' }, t('docs_1', { n: x.documents }), x.first ? ` · ${x.documents > 1 ? t('dated_ones') + ' ' : ''}${x.first === x.last ? dayText(x.first) : t('from_to', { a: dayText(x.first), b: dayText(x.last) })}` : '')))));
}

// Sentences that name an entity, each of another document: those of the data whose words are at
// hand, then those of texts that the page carries.
function namings(row, most = 6) {
  const out = row.evidence.filter(wordsOf);
  for (const id of row.in.map(i => data('documents')[i]?.id)) {
    if (out.length >= most) break;
    const record = id && !out.some(item => item.document === id) && reading(id);
    if (!record) continue;
    const holds = span => other => other.start <= span.start && other.end >= span.end;
    const mention = record.mentions.find(m => m.entity && known(m.entity) === row && KEPT.includes(record.zones.find(holds(m))?.kind)), found = mention && record.sentences.find(holds(mention));
    if (found) out.push({ document: id, start: unitsToBytes(record.text, found.start), end: unitsToBytes(record.text, found.end) });
  }
  return out.length ? out.slice(0, most) : row.evidence;
}

function entityPage(id) {
  const row = known(id);
  if (!row) return null;
  id = row.id;
  const events = eventsOf(id), shows = namings(row), own = data('statements').filter(r => r.speakers.includes(id)), every = data('documents');
  const ties = new Map();
  for (const edge of data('network')) if (edge.kind !== 'co_mentioned' && (edge.source === id || edge.target === id)) { const other = edge.source === id ? edge.target : edge.source; ties.set(other, [...(ties.get(other) || []), edge]); }
  const weight = list => list.reduce((sum, edge) => sum + edge.weight, 0), tied = [...ties].sort((a, b) => weight(b[1]) - weight(a[1]));
  const docs = [...new Set([...row.in.map(i => every[i]?.id).filter(Boolean), ...[...events.flatMap(e => e.evidence), ...row.evidence, ...own].map(e => e.document)])];
  docs.sort((a, b) => (published(doc(b)) && doc(b).date || '').localeCompare(published(doc(a)) && doc(a).date || ''));
  const zones = Object.entries(row.zones).map(([kind, n]) => ({ label: word('zone_names', kind), n })).sort((a, b) => b.n - a.n);
  return [head(row.name, null, h('span', { class: `pill ${row.type}` }, word('labels', row.type)), h('span', { class: 'soft' }, `${counted(row.documents, 'n_documents')} · ${counted(row.mentions, 'mentions')}${row.stories !== undefined && row.stories < row.documents ? ` · ${counted(row.stories, 'n_stories')}` : ''}`), index('agreements').has(id) ? h('a', { href: link('agreement', id) }, t('as_agreement')) : null),
    h('div', { class: 'grid' },
      card('c6', t('aliases'), null, row.names.length > 1 || row.names[0]?.reason ? paged(row.names, 8, n => h('li', {}, h('b', {}, n.name), n.mentions ? h('span', { class: 'soft small' }, ` · ${counted(n.mentions, 'mentions')}`) : '', n.reason ? h('span', { class: 'cap' }, reasonText(n.reason)) : ''), h('ul', { class: 'plain' })) : h('p', { class: 'note' }, t('sole')),
        row.merged.length ? [h('h3', { class: 'below' }, t('merged')), h('ul', { class: 'plain' }, row.merged.map(m => h('li', {}, h('code', {}, m.id), h('span', { class: 'cap' }, reasonText(m.reason)))))] : null),
      officesOf(row),
      tied.length ? card('c6', `${t('tied')} · ${number(tied.length)}`, null, paged(tied, 10, ([other, edges]) => h('li', {}, h('span', { class: `dot ${entity(other).type}` }), named(other), h('span', { class: 'cap' }, edges.map(e => `${tieName(e.kind)} ${e.weight}`).join(', '))), h('ul', { class: 'plain' }))) : null,
      zones.length ? card('c6', t('zones'), null, bars(zones)) : null,
      shows.length ? card('', `${t('evidence')} · ${shows.length < row.documents ? tally(shows.length, row.documents, 'n_documents') : counted(row.documents, 'n_documents')}`, null, evidence(shows)) : null),
    events.length ? [h('h2', { class: 'under' }, `${t('events_of')} · ${number(events.length)}`), eventRows(events)] : null,
    own.length ? part(`${t('said')} · ${number(own.length)}`, paged(own, 20, statement, h('ul', { class: 'plain' }))) : null,
    docs.length ? part(`${t('named_in')} · ${docs.length < row.documents ? tally(docs.length, row.documents, 'n_documents') : counted(docs.length, 'n_documents')}`, paged(docs, 20, d => h('li', {}, h('a', { href: link('doc', d) }, titleOf(d)), published(doc(d)) ? h('span', { class: 'soft small' }, ` · ${published(doc(d))}`) : ''), h('ul', { class: 'plain' }))) : null,
    h('p', { class: 'note part' }, h('code', {}, id))];
}
