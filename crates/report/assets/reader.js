// Documents: the list, the stories told more than once, and the text with its layers.
const look = { removed: false, marks: true, sentences: false };
const KEPT = ['title', 'lede', 'dateline', 'body'];

function documents() {
  const rows = data('documents'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const flags = [...new Set(rows.flatMap(r => r.flags))].sort();
  const pick = () => { const q = plain(filters.q); return rows.filter(r => (!filters.flag || r.flags.includes(filters.flag)) && (!q || (r['text ' + settings.lang] ??= plain([titleOf(r.id), r.id, r.publisher, r.author, r.date && dayText(r.date)].filter(Boolean).join(' '))).includes(q))); };
  const columns = [
    { key: 'title', label: t('title'), cell: r => [h('a', { href: link('doc', r.id) }, titleOf(r.id)), h('span', { class: 'cap' }, r.id, readable().has(r.id) ? '' : ` · ${t('unread')}`), r.flags.map(f => h('span', { class: 'pill warn' }, t('flag_' + f))), r.story !== r.id ? h('span', { class: 'cap' }, `${t('story_of')} `, h('a', { href: link('doc', r.story) }, titleOf(r.story))) : ''], text: r => titleOf(r.id), by: r => titleOf(r.id) },
    { key: 'date', label: t('date'), cell: r => r.date ? [h('span', { class: 'nowrap' }, dayText(r.date)), r.date_basis === 'event' ? h('span', { class: 'cap' }, t('event')) : ''] : '', text: r => r.date, by: r => r.date },
    { key: 'publisher', label: t('publisher'), cell: r => r.publisher || '', text: r => r.publisher, by: r => r.publisher },
    { key: 'events', label: t('n_events'), num: true, cell: r => number(r.events), text: r => r.events, by: r => r.events },
    { key: 'statements', label: t('n_statements'), num: true, cell: r => number(r.statements), text: r => r.statements, by: r => r.statements },
    { key: 'removed', label: t('share_removed'), num: true, cell: r => percent(r.characters - r.kept, r.characters), text: r => r.characters - r.kept, by: r => r.characters ? (r.characters - r.kept) / r.characters : 0 }, { label: t('chars'), text: r => r.characters }, { label: 'id', text: r => r.id }];
  const draw = () => { const list = pick(); count.textContent = tally(list.length, all('documents'), 'n_documents'); result.replaceChildren(table(columns, list, { order: filters.sort, sort: sort => set({ sort }) })); };
  const [filters, set] = filtering({ q: '', flag: '', sort: '' }, draw);
  const stories = data('stories');
  draw();
  return [head(t('documents'), t('documents_lead')), filterBar(searchBox(filters.q, q => set({ q })), [flags.length ? select(t('flags'), filters.flag, [['', t('any_flag')], ...flags.map(f => [f, t('flag_' + f)])], flag => set({ flag })) : null, csvButton('documents', columns, pick)], count, filters.flag), limited('documents'), result,
    stories.length ? part(`${t('clusters')} · ${number(stories.length)}`, paged(stories, 30, r => h('li', {}, h('a', { href: link('doc', r.id) }, titleOf(r.id)), h('span', { class: 'cap' }, `${number(r.documents.length)} ${t('copies')} · ${t('similarity')} ${percent(r.similarity, 1)}${r.publishers.length ? ' · ' + r.publishers.join(', ') : ''}`), h('span', { class: 'cap' }, listed(r.documents.slice(0, 12), d => h('a', { href: link('doc', d) }, d)), r.documents.length > 12 ? ` +${number(r.documents.length - 12)}` : '')), h('ul', { class: 'plain' }))) : null];
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

// Neighbours of one kind and rule were one block on the page.
function joined(zones, text) {
  const out = [];
  for (const zone of zones) {
    const last = out.at(-1);
    if (last && !KEPT.includes(zone.kind) && last.kind === zone.kind && last.rule === zone.rule && !text.slice(last.end, zone.start).trim()) last.end = zone.end;
    else out.push({ ...zone });
  }
  return out;
}

function readerText(record, lit, told) {
  const { text, edits, sentences } = record, zones = joined(record.zones, text), mentions = record.mentions;
  const gap = () => h('span', { class: 'gap' }), lines = part => part.split(/\n+/).flatMap((line, i) => i ? [gap(), line] : [line]);
  const inside = (list, from, to) => list.filter(x => x.start >= from && x.end <= to), touches = (span, other) => span.start < other[1] && span.end > other[0];
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
    const row = m.entity && known(m.entity), title = [word('labels', m.type), m.entity ? entity(m.entity).name : null, m.value, m.basis && basisText(m.basis)].filter(Boolean).join(' · ');
    // Whom the page does not list has no page to lead to.
    return row ? h('a', { class: `m ${m.type}`, href: link('entity', row.id), title, style: { '--d': level } }, kids) : h('span', { class: `m ${m.type}`, title, style: { '--d': level } }, kids);
  };
  let no = 0;
  const wrapSentence = st => {
    const mine = ++no, isLit = lit && touches(st, lit), of = kind => look.marks && told.some(x => x.kind === kind && touches(st, x.units));
    return kids => {
      const pieces = kids.flat(Infinity), mark = look.sentences ? h('span', { class: 'no', 'aria-hidden': 'true' }, mine) : '';
      // Where a missing line end was put in, the number belongs behind it.
      const before = pieces[0] instanceof Element && pieces[0].className === 'gap' ? [pieces.shift()] : pieces[0] === '' && pieces[1]?.className === 'gap' ? pieces.splice(0, 2) : [];
      return [before, h('span', { class: [isLit && 'lit', of('event') && 'ev', of('statement') && 'st'].filter(Boolean).join(' ') || null, id: lit && st.start <= lit[0] && st.end > lit[0] ? 'lit' : null }, mark, pieces)];
    };
  };
  const piece = zone => {
    const spans = inside(sentences, zone.start, zone.end).map(st => ({ start: st.start, end: st.end, wrap: wrapSentence(st) }));
    if (look.marks) { const within = inside(mentions, zone.start, zone.end); for (const m of within) spans.push({ start: m.start, end: m.end, wrap: wrapMention(m, depth(m, within.filter(o => o.start < m.end && o.end > m.start))) }); }
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    if (KEPT.includes(zone.kind)) return h('span', { class: `z-${zone.kind}` }, marked(text, zone.start, zone.end, spans, leaf));
    const shown = text.slice(zone.start, zone.end), breaks = /^\n/.test(shown) ? gap() : null, behind = /\n$/.test(shown) ? gap() : null;
    const why = [capital(word('zone_names', zone.kind)), ruleText(zone.rule), zone.rule].filter(Boolean).join(' · ');
    const gone = h('span', { class: 'gone', hidden: !look.removed && !(lit && touches(zone, lit)) }, h('span', { class: 'why' }, why), h('s', {}, shown.trim()));
    const chip = h('button', { class: 'chip', 'aria-expanded': String(!gone.hidden), title: why, onclick: () => { gone.hidden = !gone.hidden; chip.setAttribute('aria-expanded', String(!gone.hidden)); } }, `✂ ${word('zone_names', zone.kind)} · ${counted([...shown.replace(/\s/g, '')].length, 'chars')}`);
    return shown.trim() ? [breaks, chip, gone, behind] : lines(shown);
  };
  return h('div', { class: `reader${look.marks ? '' : ' bare'}`, lang: 'vi' }, zones.map(piece));
}

function docPage(id, where) {
  const row = doc(id);
  if (!row) return null;
  const record = reading(id), lit = /^\d+-\d+$/.test(where || '') ? where.split('-').map(Number) : null;
  const events = data('events').filter(e => e.evidence.some(x => x.document === id)), own = data('statements').filter(r => r.documents.includes(id));
  const meta = [row.title ? null : id, row.publisher, row.author, row.date ? `${dayText(row.date)} (${t(row.date_basis)})` : null, row.file ? row.file + (row.line ? `:${row.line}` : '') : null].filter(Boolean).join(' · ');
  const page = [head(titleOf(id), meta, row.flags.map(f => h('span', { class: 'pill warn' }, t('flag_' + f)))), row.story !== id ? h('p', { class: 'note' }, `${t('story_of')} `, h('a', { href: link('doc', row.story) }, titleOf(row.story))) : null];
  const here = item => item.document === id;
  if (!record) {
    // What the page has of the text are the sentences that show something.
    const papers = data('agreements').flatMap(a => a.references.filter(here).map(ref => [a, ref]));
    return [...page, h('p', { class: 'note' }, t('read_none', { n: number(data('corpus').readable) })),
      events.length ? part(t('events_of'), h('ul', { class: 'plain' }, events.map(e => [eventLine(e), h('li', { class: 'evidence' }, e.evidence.filter(here).map(x => h('blockquote', { id: lit && x.start === lit[0] ? 'lit' : null }, x.text)))]))) : null,
      papers.length ? part(t('agreements'), h('ul', { class: 'plain' }, papers.map(([a, ref]) => h('li', {}, h('a', { href: link('agreement', a.id) }, paperName(a)), h('div', { class: 'evidence' }, h('blockquote', {}, ref.text)))))) : null,
      own.length ? part(t('statements'), h('ul', { class: 'plain' }, own.map(statement))) : null];
  }
  const inText = [...events.flatMap(e => e.evidence.filter(here).map(x => ['event', x])), ...own.filter(here).map(r => ['statement', r])];
  const told = inText.map(([kind, x]) => ({ kind, units: bytesToUnits(record.text, [x.start, x.end]) })).filter(x => x.units[0] < x.units[1]);
  const jump = (item, words) => here(item) ? h('a', { class: 'jump', href: place(item) }, words) : words;
  const aside = h('div', {}, events.length ? card('', t('in_this'), null, h('ul', { class: 'plain' }, events.map(e => { const line = eventLine(e), first = e.evidence.find(here); line.append(h('span', { class: 'cap' }, jump(first, shorten(first.text, 110)))); return line; }))) : null,
    own.length ? card('', `${t('statements')} · ${number(own.length)}`, null, paged(own, 30, r => h('li', {}, h('span', { class: 'small' }, listed(r.speakers, named), ` · ${t(r.kind)}`), h('span', { class: 'cap' }, jump(r, shorten(saidText(r), 140)))), h('ul', { class: 'plain' }))) : null);
  const box = h('section', { class: 'card' });
  const units = lit ? bytesToUnits(record.text, lit) : null;
  const draw = () => box.replaceChildren(readerText(record, units, told));
  const turn = (key, label) => check(t(label), look[key], on => { look[key] = on; draw(); });
  draw();
  if (lit) requestAnimationFrame(() => document.getElementById('lit')?.scrollIntoView({ block: 'center' }));
  const types = [...new Set(record.mentions.map(m => m.type))], kinds = [...new Set(told.map(x => x.kind))];
  return [...page, h('div', { class: 'filters' }, turn('removed', 'show_removed'), turn('marks', 'marks'), turn('sentences', 'sentence_numbers'), h('span', { class: 'legend' }, types.map(k => h('span', { class: k }, word('labels', k))), kinds.map(k => h('span', { class: k === 'event' ? 'ev' : 'st' }, t(k + '_mark'))))), h('div', { class: 'grid' }, h('div', { class: aside.children.length ? 'c8' : 'sheet c12' }, box), aside.children.length ? (aside.className = 'c4 aside', aside) : null)];
}
