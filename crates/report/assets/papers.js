// Agreements with their chains of stories, and statements by speaker.

// A signing whose paper no story names is shown by who signed.
const paperName = row => row.name || `${word('types', 'SIGN')}: ${[...row.signatories, ...(row.signatories.length ? [] : row.parties)].map(id => entity(id).name).join(' – ')} (${t('unnamed')})`;

function agreementCard(row, whole) {
  const chain = [...row.references].sort((a, b) => (published(doc(a.document)) ? doc(a.document).date : '9').localeCompare(published(doc(b.document)) ? doc(b.document).date : '9'));
  const fact = (label, value) => h('div', {}, h('dt', {}, label), h('dd', {}, value)), ids = (label, list) => list.length ? fact(label, listed(list, named)) : null;
  const wordings = row.names.map(n => n.name).filter((name, i, all) => name !== row.name && all.indexOf(name) === i);
  const facts = [row.period ? fact(t('period'), row.period.replace('/', '–')) : null, ids(t('parties'), row.parties), ids(t('signatories'), row.signatories), wordings.length ? fact(t('wordings'), wordings.map((name, i) => [i ? h('br') : '', name])) : null].filter(Boolean);
  return h('article', { class: 'card' }, h('p', { class: 'status' }, state(row.status), ' ', row.date ? when(row.date) : ''),
    h(whole ? 'h1' : 'h2', {}, whole ? paperName(row) : h('a', { href: link('agreement', row.id) }, paperName(row))),
    row.name || whole ? null : h('p', { class: 'note' }, `“${row.references[0]?.text || ''}”`),
    facts.length ? h('dl', { class: 'facts' }, facts) : null,
    whole ? [h('h2', {}, t('chain')), h('div', { class: 'evidence' }, chain.map(ref => sentence(ref, [' · ', state(ref.how)]))), row.documents > chain.length ? h('p', { class: 'note' }, tally(new Set(chain.map(r => r.document)).size, row.documents, 'n_documents')) : null] : h('p', { class: 'note' }, t('docs_1', { n: row.documents }), row.status === 'mentioned' ? '' : [' · ', listed([...new Set(chain.map(r => r.how))], t)]));
}

function agreements() {
  const rows = data('agreements'), result = h('div'), count = h('span', { class: 'count', role: 'status' }), done = rows.filter(r => r.status !== 'mentioned').length;
  const pick = () => { const q = plain(filters.q); return rows.filter(r => (filters.all || r.status !== 'mentioned') && (!q || (r['text ' + settings.lang] ??= plain([...r.names.map(n => n.name), paperName(r), t(r.status), r.date ? dateText(r.date) : '', ...[...r.parties, ...r.signatories].map(id => entity(id).name)].join(' '))).includes(q))); };
  const draw = () => {
    const list = pick();
    count.textContent = filters.all ? tally(list.length, all('agreements'), 'n_agreements') : tally(list.length, done, 'n_signed');
    result.replaceChildren(paged(list, 40, row => agreementCard(row), h('div', { class: 'grid' })), filters.all || all('agreements') === done ? '' : h('p', { class: 'note' }, t('more_mentioned', { n: number(all('agreements') - done) })));
  };
  const [filters, set] = filtering({ q: '', all: done ? '' : '1' }, draw);
  const columns = [{ label: t('status'), text: r => t(r.status) }, { label: t('date'), text: r => r.date ? dateText(r.date) : '' }, { label: t('name'), text: paperName }, { label: t('period'), text: r => r.period }, { label: t('parties'), text: r => r.parties.map(id => entity(id).name).join('; ') }, { label: t('signatories'), text: r => r.signatories.map(id => entity(id).name).join('; ') }, { label: t('documents'), text: r => r.documents }, { label: 'id', text: r => r.id }];
  draw();
  return [head(t('agreements'), t('agreements_lead')), filterBar(searchBox(filters.q, q => set({ q })), [done && done < rows.length ? check(t('only_mentioned'), !!filters.all, on => set({ all: on ? '1' : '' })) : null, csvButton('agreements', columns, pick)], count, filters.all), limited('agreements'), result];
}
const agreementPage = id => { const row = index('agreements').get(id) || index('agreements').get(leaders().get(id)); return row ? [agreementCard(row, true)] : null; };

// "rằng", the word that leads in what is said, is no part of it.
const saidText = row => capital(row.text.replace(/^rằng[,:]?\s+/i, ''));
function statement(row) {
  return h('li', {}, h('p', { class: 'said' }, saidText(row)), h('div', { class: 'small soft' }, listed(row.speakers, named), row.cue ? ` ${row.cue}` : '', ` · ${t(row.kind)}`, row.attribution !== 'explicit' ? ` · ${t(row.attribution)}` : '', ' · ', h('a', { href: place(row) }, titleOf(row.document)), row.documents.length > 1 ? ` · ${t('alsoin', { n: row.documents.length - 1 })}` : ''));
}

function statements() {
  const rows = data('statements'), counts = new Map(), result = h('section', { class: 'card', id: 'said' }), count = h('span', { class: 'count', role: 'status' });
  for (const row of rows) for (const id of row.speakers) counts.set(id, (counts.get(id) || 0) + 1);
  const speakers = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const pick = () => { const q = plain(filters.q); return rows.filter(r => (!filters.who || r.speakers.includes(filters.who)) && (!filters.kind || r.kind === filters.kind) && (!q || (r.haystack ??= plain(r.text + ' ' + r.speakers.map(id => entity(id).name).join(' '))).includes(q))); };
  const draw = () => { const list = pick(); count.textContent = tally(list.length, all('statements'), 'n_statements'); result.replaceChildren(paged(list, 40, statement, h('ul', { class: 'plain' }))); };
  const [filters, set] = filtering({ q: '', kind: '', who: '' }, draw);
  // Whoever is chosen is shown from the beginning of what they say.
  const choose = id => h('button', { 'aria-pressed': String(filters.who === id), 'data-key': 'who ' + id, onclick: e => { for (const b of side.querySelectorAll('button')) b.setAttribute('aria-pressed', String(b === e.currentTarget)); set({ who: id }); if (result.getBoundingClientRect().top < 0 || innerWidth < 960) result.scrollIntoView({ block: 'start' }); } }, id ? entity(id).name : capital(t('all')), h('span', { class: 'soft' }, number(id ? counts.get(id) : rows.length)));
  const columns = [{ label: t('who'), text: r => r.speakers.map(id => entity(id).name).join('; ') }, { label: t('type'), text: r => t(r.kind) }, { label: t('said'), text: r => r.text }, { label: t('documents'), text: r => r.documents.join('; ') }, { label: 'id', text: r => r.id }];
  const first = speakers.slice(0, 200).map(([id]) => id), side = h('section', { class: 'card side', tabindex: 0, 'aria-label': t('speakers') }, h('h2', {}, `${t('speakers')} · ${first.length < speakers.length ? `${number(first.length)}/` : ''}${number(speakers.length)}`), h('div', {}, ['', ...new Set([...(filters.who ? [filters.who] : []), ...first])].map(choose)));
  draw();
  return [head(t('statements'), t('statements_lead')), filterBar(searchBox(filters.q, q => set({ q })), [select(t('type'), filters.kind, [['', t('any_kind')], ['direct', t('direct')], ['indirect', t('indirect')]], kind => set({ kind })), csvButton('statements', columns, pick)], count, filters.kind), limited('statements'),
    h('div', { class: 'split' }, side, result)];
}
