// Documents: the list, the stories told more than once, and the text with its layers.
const shelf = { q: '', flag: '' }, reading = { removed: false, marks: true, sentences: false };
const KEPT = ['title', 'lede', 'dateline', 'body'];

function documents() {
  const rows = data('documents'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const flags = [...new Set(rows.flatMap(r => r.flags))].sort();
  const chosenDocs = () => { const q = plain(shelf.q); return rows.filter(r => (!shelf.flag || r.flags.includes(shelf.flag)) && (!q || (r.haystack ??= plain([r.title, r.id, r.publisher, r.author].join(' '))).includes(q))); };
  const columns = [
    { label: t('title'), cell: r => [h('a', { href: link('doc', r.id) }, r.title || t('untitled')), h('span', { class: 'cap' }, r.id), r.flags.map(f => h('span', { class: 'pill warn' }, t('flag_' + f))), r.story !== r.id ? h('span', { class: 'cap' }, `${t('story_of')} `, h('a', { href: link('doc', r.story) }, r.story)) : ''], text: r => r.title },
    { label: t('date'), cell: r => r.date ? h('span', { title: t(r.date_basis) }, dayText(r.date)) : '', text: r => r.date },
    { label: t('publisher'), cell: r => r.publisher || '', text: r => r.publisher },
    { label: t('n_events'), num: true, cell: r => number(r.events), text: r => r.events },
    { label: t('n_statements'), num: true, cell: r => number(r.statements), text: r => r.statements },
    { label: t('share_removed'), num: true, cell: r => percent(r.characters - r.kept, r.characters), text: r => r.characters - r.kept }, { label: t('chars'), text: r => r.characters }, { label: 'id', text: r => r.id }];
  const draw = () => { const list = chosenDocs(); count.textContent = `${number(list.length)} ${t('of')} ${number(data('corpus').documents)}`; result.replaceChildren(table(columns.filter(c => c.cell), list)); };
  const stories = data('stories');
  draw();
  return [head(t('documents'), t('documents_lead')), h('div', { class: 'filters' }, searchBox(shelf.q, v => { shelf.q = v; draw(); }), flags.length ? select(t('flags'), shelf.flag, [['', t('any_kind')], ...flags.map(f => [f, t('flag_' + f)])], v => { shelf.flag = v; draw(); }) : null, csvButton('documents', columns, chosenDocs), count), limited('documents'), result,
    stories.length ? h('section', { class: 'card', style: 'margin-top: 1.5rem' }, h('h2', {}, `${t('clusters')} · ${number(stories.length)}`), paged(stories, 30, r => h('li', {}, h('a', { href: link('doc', r.id) }, r.title || r.id), h('span', { class: 'cap' }, `${number(r.documents.length)} ${t('copies')} · ${t('similarity')} ${percent(r.similarity, 1)}${r.publishers.length ? ' · ' + r.publishers.join(', ') : ''}`), h('span', { class: 'cap' }, r.documents.slice(0, 12).map((d, i) => [i ? ', ' : '', h('a', { href: link('doc', d) }, d)]))), h('ul', { class: 'plain' }))) : null];
}

// The text as nested elements: zones, then mentions inside them, each longest first.
function marked(text, from, to, spans, leaf) {
  const out = [];
  let at = from, i = 0;
  while (i < spans.length) {
    const span = spans[i];
    if (span.start < at || span.end > to || span.start === span.end) { i++; continue; }
    let next = i + 1;
    const inner = [];
    while (next < spans.length && spans[next].start < span.end) { if (spans[next].end <= span.end) inner.push(spans[next]); next++; }
    if (span.start > at) out.push(leaf(at, span.start));
    out.push(span.wrap(marked(text, span.start, span.end, inner, leaf)));
    at = span.end; i = next;
  }
  if (at < to) out.push(leaf(at, to));
  return out;
}

// Levels of nesting below a mention: its underline lies below theirs.
const depth = (mention, all) => Math.max(0, ...all.filter(o => o !== mention && o.start >= mention.start && o.end <= mention.end).map(o => 1 + depth(o, all.filter(x => x !== mention))));

function readerText(record, lit) {
  const { text, clean, segment, tag } = record, zones = clean?.zones || [{ start: 0, end: text.length, kind: 'body' }];
  const edits = clean?.edits || [], mentions = (tag?.mentions || []).filter(m => m.type !== 'QTY');
  const gap = () => h('span', { class: 'gap' }), lines = part => part.split(/\n+/).flatMap((line, i) => i ? [gap(), line] : [line]);
  const at = (list, from, to) => list.filter(x => x.start >= from && x.end <= to);
  const leaf = (from, to) => { // plain text with its repairs made
    const parts = [];
    let pos = from;
    for (const e of edits.filter(e => e.start >= from && (e.end < to || e.end === to && e.start < to))) {
      if (e.start < pos) continue;
      parts.push(lines(text.slice(pos, e.start)), e.kind === 'split_glued' ? gap() : h('span', { class: 'edit', title: `${word('zone_names', e.kind)}: “${text.slice(e.start, e.end)}” → “${e.insert}”` }, e.insert || '\u200b'));
      pos = e.end;
    }
    return parts.concat(lines(text.slice(pos, to)));
  };
  const wrapMention = (m, level) => kids => {
    const title = [word('labels', m.type), m.entity ? entity(m.entity).name : m.holder ? entity(m.holder).name : null, m.resolved || m.value, m.basis].filter(Boolean).join(' · ');
    const id = m.entity || m.holder;
    return id ? h('a', { class: `m ${m.type}`, href: link('entity', id), title, style: { '--d': level } }, kids) : h('span', { class: `m ${m.type}`, title, style: { '--d': level } }, kids);
  };
  let no = 0;
  const piece = zone => {
    const spans = [];
    for (const st of at(segment?.sentences || [], zone.start, zone.end)) { const mine = ++no; spans.push({ start: st.start, end: st.end, wrap: kids => h('span', { class: lit && st.start < lit[1] && st.end > lit[0] ? 'lit' : null, id: lit && st.start <= lit[0] && st.end > lit[0] ? 'lit' : null }, reading.sentences ? h('span', { class: 'no', 'aria-hidden': 'true' }, mine) : null, kids) }); }
    if (reading.marks) { const inside = at(mentions, zone.start, zone.end); for (const m of inside) spans.push({ start: m.start, end: m.end, wrap: wrapMention(m, depth(m, inside.filter(o => o.start < m.end && o.end > m.start))) }); }
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    if (KEPT.includes(zone.kind)) return h('span', { class: `z-${zone.kind}` }, marked(text, zone.start, zone.end, spans, leaf));
    const shown = text.slice(zone.start, zone.end), breaks = /^\n/.test(shown) ? gap() : null, behind = /\n$/.test(shown) ? gap() : null;
    const why = `${word('zone_names', zone.kind)}${zone.rule ? ` ${zone.rule}` : ''}`;
    const label = `✂ ${why} · ${number([...shown.replace(/\s/g, '')].length)} ${t('chars')}`;
    const gone = h('span', { class: 'gone', hidden: !reading.removed && !(lit && zone.start < lit[1] && zone.end > lit[0]) }, shown.trim());
    const chip = h('button', { class: 'chip', 'aria-expanded': String(!gone.hidden), title: why, onclick: () => { gone.hidden = !gone.hidden; chip.setAttribute('aria-expanded', String(!gone.hidden)); } }, label);
    return shown.trim() ? [breaks, chip, gone, behind] : lines(shown);
  };
  return h('div', { class: `reader${reading.marks ? '' : ' bare'}`, lang: 'vi' }, zones.map(piece));
}

function docPage(id, at) {
  const row = doc(id) || { id, flags: [], zones: {} }, source = document.querySelector(`script[data-doc="${CSS.escape(id)}"]`);
  const lit = at ? at.split('-').map(Number) : null;
  const events = data('events').filter(e => e.evidence.some(x => x.document === id)), own = data('statements').filter(r => r.documents.includes(id));
  const meta = [row.title ? null : id, row.publisher, row.author, row.date ? `${dayText(row.date)} (${t(row.date_basis)})` : null, row.path].filter(Boolean).join(' · ');
  const page = [head(row.title || t('untitled'), meta, row.flags.map(f => h('span', { class: 'pill warn' }, t('flag_' + f)))), row.story && row.story !== id ? h('p', { class: 'note' }, `${t('story_of')} `, h('a', { href: link('doc', row.story) }, doc(row.story)?.title || row.story)) : null];
  const aside = h('div', {}, events.length ? card('', t('in_this'), null, h('ul', { class: 'plain' }, events.map(eventLine))) : null, own.length ? card('', t('statements'), null, h('ul', { class: 'plain' }, own.slice(0, 30).map(r => h('li', {}, h('span', { class: 'small' }, r.speakers.map((x, i) => [i ? ', ' : '', named(x)]), ` · ${t(r.kind)}`), h('span', { class: 'cap' }, r.text.length > 140 ? r.text.slice(0, 139) + '…' : r.text))))) : null);
  for (const box of aside.children) box.style.marginBottom = '1.25rem';
  if (!source) return [...page, h('p', { class: 'note' }, t('read_none', { n: number(data('corpus').readable) })), aside];
  const record = JSON.parse(source.textContent), box = h('section', { class: 'card' });
  // Evidence is found by the bytes of the source; this page's record counts UTF-16 units.
  const units = lit ? bytesToUnits(record.text, lit) : null;
  const draw = () => box.replaceChildren(readerText(record, units));
  const check = key => h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: reading[key], onchange: e => { reading[key] = e.target.checked; draw(); } }), t({ removed: 'show_removed', marks: 'marks', sentences: 'sentence_numbers' }[key]));
  draw();
  if (lit) requestAnimationFrame(() => document.getElementById('lit')?.scrollIntoView({ block: 'center' }));
  const types = [...new Set((record.tag?.mentions || []).map(m => m.type))].filter(k => k !== 'QTY');
  return [...page, h('div', { class: 'filters' }, check('removed'), check('marks'), check('sentences'), h('span', { class: 'legend' }, types.map(k => h('span', { class: k }, word('labels', k))))), h('div', { class: 'grid' }, h('div', { class: aside.children.length ? 'c8' : 'sheet', style: aside.children.length ? null : 'grid-column: span 12' }, box), aside.children.length ? (aside.className = 'c4', aside) : null)];
}

function bytesToUnits(text, wanted) {
  const out = [];
  let bytes = 0, unit = 0;
  for (const target of wanted) {
    while (bytes < target && unit < text.length) { const code = text.codePointAt(unit); bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; unit += code > 0xffff ? 2 : 1; }
    out.push(unit);
  }
  return out;
}
