// Agreements with their chains of stories, and statements by speaker.
const papers = { all: false, q: '' }, said = { who: '', kind: '', q: '' };

// A signing whose paper no story names is shown by who signed.
const paperName = row => row.name || `${word('types', 'SIGN')}: ${[...row.signatories, ...(row.signatories.length ? [] : row.parties)].map(id => entity(id).name).join(' – ')} (${t('unnamed')})`;

function agreementCard(row, whole) {
  const chain = [...row.references].sort((a, b) => (doc(a.document)?.date || '9').localeCompare(doc(b.document)?.date || '9'));
  const list = (label, ids) => ids.length ? h('li', {}, h('span', { class: 'soft' }, label), h('span', {}, ids.map((id, i) => [i ? ', ' : '', named(id)]))) : null;
  return h('article', { class: 'card' }, h('div', { class: 'cardhead' }, h('div', {}, state(row.status), ' ', row.date ? when(row.date) : '')),
    h(whole ? 'h1' : 'h2', {}, whole ? paperName(row) : h('a', { href: link('agreement', row.id) }, paperName(row))),
    row.name || whole ? null : h('p', { class: 'note' }, `“${row.references[0]?.text || ''}”`),
    h('ul', { class: 'facts' }, row.period ? h('li', {}, h('span', { class: 'soft' }, t('period')), h('span', {}, row.period.replace('/', '–'))) : null, list(t('parties'), row.parties), list(t('signatories'), row.signatories), row.names.length > 1 ? h('li', {}, h('span', { class: 'soft' }, t('wordings')), h('span', {}, row.names.map((n, i) => [i ? h('br') : '', n.name]))) : null),
    whole ? [h('h2', {}, t('chain')), h('div', { class: 'evidence' }, chain.map(ref => sentence(ref, [' · ', t(ref.how)])))] : h('p', { class: 'note' }, t('docs_1', { n: row.documents }), ' · ', [...new Set(row.references.map(r => r.how))].map((how, i) => [i ? ', ' : '', t(how)])));
}

function agreements() {
  const rows = data('agreements'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  papers.all ||= !rows.some(r => r.status !== 'mentioned');
  const chosenPapers = () => { const q = plain(papers.q); return rows.filter(r => (papers.all || r.status !== 'mentioned') && (!q || plain(r.names.map(n => n.name).join(' ') + paperName(r)).includes(q))); };
  const draw = () => { const list = chosenPapers(); count.textContent = `${number(list.length)} ${t('of')} ${number(rows.length)}`; result.replaceChildren(paged(list, 40, row => agreementCard(row), h('div', { class: 'grid' }))); };
  const columns = [{ label: t('status'), text: r => t(r.status) }, { label: t('date'), text: r => r.date ? dateText(r.date) : '' }, { label: t('name'), text: paperName }, { label: t('period'), text: r => r.period }, { label: t('parties'), text: r => r.parties.map(id => entity(id).name).join('; ') }, { label: t('signatories'), text: r => r.signatories.map(id => entity(id).name).join('; ') }, { label: t('documents'), text: r => r.documents }, { label: 'id', text: r => r.id }];
  draw();
  return [head(t('agreements'), t('agreements_lead')), h('div', { class: 'filters' }, searchBox(papers.q, v => { papers.q = v; draw(); }), h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: papers.all, onchange: e => { papers.all = e.target.checked; draw(); } }), t('only_mentioned')), csvButton('agreements', columns, chosenPapers), count), limited('agreements'), result];
}
const agreementPage = id => { const row = index('agreements').get(id); return row ? [agreementCard(row, true)] : [h('p', { class: 'empty' }, t('none'))]; };

function statement(row) {
  return h('li', {}, h('p', { class: 'said' }, row.text), h('div', { class: 'small soft' }, row.speakers.map((id, i) => [i ? ', ' : '', named(id)]), row.cue ? ` ${row.cue}` : '', ` · ${t(row.kind)}`, row.attribution !== 'explicit' ? ` · ${t(row.attribution)}` : '', ' · ', h('a', { href: link('doc', row.document, `${row.start}-${row.end}`) }, doc(row.document)?.title || row.document), row.documents.length > 1 ? ` · ${t('alsoin', { n: row.documents.length - 1 })}` : ''));
}

function statements() {
  const rows = data('statements'), counts = new Map(), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  for (const row of rows) for (const id of row.speakers) counts.set(id, (counts.get(id) || 0) + 1);
  const speakers = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 200);
  const chosenSaid = () => { const q = plain(said.q); return rows.filter(r => (!said.who || r.speakers.includes(said.who)) && (!said.kind || r.kind === said.kind) && (!q || plain(r.text + ' ' + r.speakers.map(id => entity(id).name).join(' ')).includes(q))); };
  const draw = () => { const list = chosenSaid(); count.textContent = `${number(list.length)} ${t('of')} ${number(rows.length)}`; result.replaceChildren(paged(list, 40, statement, h('ul', { class: 'plain' }))); };
  const choose = id => h('button', { 'aria-pressed': String(said.who === id), onclick: e => { said.who = id; for (const b of e.currentTarget.parentNode.children) b.setAttribute('aria-pressed', String(b === e.currentTarget)); draw(); } }, id ? entity(id).name : t('all'), h('span', { class: 'soft' }, number(id ? counts.get(id) : rows.length)));
  const columns = [{ label: t('who'), text: r => r.speakers.map(id => entity(id).name).join('; ') }, { label: t('type'), text: r => t(r.kind) }, { label: t('said'), text: r => r.text }, { label: t('documents'), text: r => r.documents.join('; ') }, { label: 'id', text: r => r.id }];
  draw();
  return [head(t('statements'), t('statements_lead')), h('div', { class: 'filters' }, searchBox(said.q, v => { said.q = v; draw(); }), select(t('type'), said.kind, [['', t('any_kind')], ['direct', t('direct')], ['indirect', t('indirect')]], v => { said.kind = v; draw(); }), csvButton('statements', columns, chosenSaid), count), limited('statements'),
    h('div', { class: 'split' }, h('section', { class: 'card side', tabindex: 0, 'aria-label': t('speakers') }, h('h2', {}, t('speakers')), h('div', {}, [choose(''), speakers.map(([id]) => choose(id))])), h('section', { class: 'card' }, result))];
}
