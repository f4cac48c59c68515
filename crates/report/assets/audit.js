// What was removed and why, with samples to judge; dates and their basis; the method.
const judged = {}, calendar = { certainty: '', q: '' };
try { Object.assign(judged, JSON.parse(localStorage.getItem('bantin-judged') || '{}')); } catch { /* judgements last as long as the page */ }

// Wilson's interval: honest for twenty samples and for rules that are always right.
function wilson(k, n) { const z = 1.96, p = k / n, d = 1 + z * z / n, m = (p + z * z / (2 * n)) / d, r = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d; return [Math.max(0, m - r), Math.min(1, m + r)].map(x => Math.round(100 * x)); }

function samples(row) {
  const score = h('p', { class: 'note', role: 'status' });
  const update = () => { const mine = row.evidence.map(e => judged[`${row.id} ${e.document} ${e.start}`]).filter(v => v !== undefined), k = mine.filter(Boolean).length; const [a, b] = mine.length ? wilson(k, mine.length) : []; score.textContent = mine.length ? t('precision', { k, n: mine.length, a, b }) : ''; };
  const judge = item => { const key = `${row.id} ${item.document} ${item.start}`; const button = (value, label) => h('button', { 'aria-pressed': String(judged[key] === value), onclick: e => { judged[key] = value; try { localStorage.setItem('bantin-judged', JSON.stringify(judged)); } catch { /* as above */ } for (const b of e.currentTarget.parentNode.children) b.setAttribute('aria-pressed', String(b === e.currentTarget)); update(); } }, label); return h('span', { class: 'seg', role: 'group', 'aria-label': item.text.slice(0, 40) }, button(true, t('right')), button(false, t('wrong'))); };
  update();
  return h('div', { class: 'evidence' }, score, row.evidence.map(item => sentence(item, [' · ', judge(item)])));
}

function auditTable(rows) {
  const labels = [t('zone'), t('rule'), t('spans'), t('chars'), t('documents'), t('samples')];
  return h('table', { class: 'table' }, h('thead', {}, h('tr', {}, labels.map((l, i) => h('th', { scope: 'col', class: i > 1 && i < 5 ? 'num' : null }, l)))), h('tbody', {}, rows.flatMap(row => {
    const detail = h('tr', { class: 'detail open', hidden: true }, h('td', { colspan: 6 }));
    const toggle = h('button', { class: 'toggle', 'aria-expanded': 'false', onclick: () => { if (!detail.firstChild.childNodes.length) detail.firstChild.append(samples(row)); detail.hidden = !detail.hidden; toggle.setAttribute('aria-expanded', String(!detail.hidden)); } }, number(row.evidence.length), h('span', { class: 'sr' }, ` ${t('samples')}: ${row.id}`));
    const cells = [word('zone_names', row.kind), row.rule ? h('code', {}, row.rule) : '–', number(row.spans), number(row.characters), number(row.documents), row.evidence.length ? toggle : ''];
    return [h('tr', {}, cells.map((c, i) => h('td', { class: i > 1 && i < 5 ? 'num' : null, 'data-l': labels[i] }, c))), detail];
  })));
}

function audit() {
  const rows = data('audit'), removed = rows.filter(r => r.what === 'removed').sort((a, b) => b.characters - a.characters), repairs = rows.filter(r => r.what === 'repaired').sort((a, b) => b.spans - a.spans), corpus = data('corpus'), names = data('removed_names'), errors = data('errors');
  const parts = [{ n: corpus.kept, color: 'var(--accent)', label: t('kept') }, { n: corpus.characters - corpus.kept, color: 'var(--removed)', label: t('removed') }];
  const columns = [{ label: t('zone'), text: r => r.kind }, { label: t('rule'), text: r => r.rule }, { label: t('status'), text: r => r.what }, { label: t('spans'), text: r => r.spans }, { label: t('chars'), text: r => r.characters }, { label: t('documents'), text: r => r.documents }];
  return [head(t('audit'), t('audit_lead')), h('section', { class: 'card', style: 'margin-bottom: 1.25rem' }, stack(parts), legend(parts, corpus.characters)), h('div', { class: 'filters' }, csvButton('audit', columns, () => rows)), removed.length ? auditTable(removed) : h('p', { class: 'empty' }, t('none')),
    names.length ? h('section', { class: 'card', style: 'margin-top: 1.5rem' }, h('h2', {}, t('kept_out')), h('p', { class: 'note' }, t('kept_out_lead')), limited('removed_names'), h('ul', { class: 'names' }, names.slice(0, 120).map(n => h('li', {}, h('span', { class: `dot ${n.type}` }), n.name, h('span', { class: 'soft small' }, ` · ${word('zone_names', n.zone)} ${number(n.mentions)}`))))) : null,
    repairs.length ? [h('h2', { style: 'margin: 1.5rem 0 .75rem' }, t('repairs')), auditTable(repairs)] : null,
    errors.length ? h('section', { class: 'card', style: 'margin-top: 1.5rem' }, h('h2', {}, t('errors')), h('ul', { class: 'plain' }, errors.map(e => h('li', {}, h('code', {}, e.id), ` · ${number(e.count)}`, e.samples.map(x => h('span', { class: 'cap' }, `${x.path || '–'}${x.line ? ':' + x.line : ''}: ${x.message}`)))))) : null];
}

function dates() {
  const rows = data('dates'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const chosenDates = () => { const q = plain(calendar.q); return rows.filter(r => (!calendar.certainty || r.certainty === calendar.certainty) && (!q || plain([r.id, ...r.surfaces, ...r.basis].join(' ')).includes(q))); };
  const columns = [{ label: t('written'), cell: r => r.surfaces.join(', '), text: r => r.surfaces.join('; ') }, { label: t('value'), cell: r => [when({ ...r, ...ends(r.resolved || r.value) }), h('span', { class: 'cap' }, r.id)], text: r => r.id }, { label: t('certainty'), text: r => r.certainty }, { label: t('basis'), cell: r => h('span', { class: 'small' }, r.basis.join('; ')), text: r => r.basis.join('; ') }, { label: t('mentions'), num: true, cell: r => number(r.mentions), text: r => r.mentions }, { label: t('documents'), cell: r => r.evidence.filter((e, i, all) => all.findIndex(o => o.document === e.document) === i).map((e, i) => [i ? ', ' : '', h('a', { href: link('doc', e.document, `${e.start}-${e.end}`) }, doc(e.document)?.title || e.document)]), text: r => r.documents }];
  const draw = () => { const list = chosenDates(); count.textContent = `${number(list.length)} ${t('of')} ${number(rows.length)}`; result.replaceChildren(table(columns.filter(c => c.cell), list)); };
  draw();
  return [head(t('dates'), t('dates_lead')), h('div', { class: 'filters' }, searchBox(calendar.q, v => { calendar.q = v; draw(); }), select(t('certainty'), calendar.certainty, [['', t('any_certainty')], ...['stated', 'inferred', 'open'].map(k => [k, t(k)])], v => { calendar.certainty = v; draw(); }), csvButton('dates', columns, chosenDates), count), limited('dates'), result];
}

// First and last day of a plain value; anything else is shown as it is written.
function ends(value) {
  const [from, to] = value.split('/').map(part => part.replace(/T[A-Z]{2}$/, '')), day = part => /^\d{4}(-\d\d){0,2}$/.test(part || '');
  const last = part => { const [y, m, d] = part.split('-'); return d ? part : m ? `${part}-${two(lastOf(y, +m))}` : `${y}-12-31`; };
  const first = part => { const [y, m, d] = part.split('-'); return d ? part : m ? `${part}-01` : `${y}-01-01`; };
  return { first: day(from) ? first(from) : undefined, last: to === undefined ? (day(from) ? last(from) : undefined) : day(to) ? last(to) : undefined };
}

const method = () => [head(t('method')), h('section', { class: 'card' }, h('ul', { class: 'plain' }, WORDS[settings.lang].method_text.map(line => h('li', {}, line))))];
