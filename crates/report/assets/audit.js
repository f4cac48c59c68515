// What was removed and why, with samples to judge; dates and their basis; the method.
const judged = {};
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

const auditColumns = () => [
  { key: 'zone', label: t('zone'), cell: r => word('zone_names', r.kind), text: r => r.kind, by: r => word('zone_names', r.kind) },
  { key: 'rule', label: t('rule'), cell: r => r.rule ? [h('code', {}, r.rule), h('span', { class: 'cap' }, ruleText(r.rule))] : '–', text: r => r.rule, by: r => r.rule },
  { label: t('means'), text: r => ruleText(r.rule) }, { label: t('status'), text: r => t(r.what) },
  { key: 'spans', label: t('spans'), num: true, cell: r => number(r.spans), text: r => r.spans, by: r => r.spans },
  { key: 'chars', label: t('chars'), num: true, cell: r => number(r.characters), text: r => r.characters, by: r => r.characters },
  { key: 'documents', label: t('n_documents'), num: true, cell: r => number(r.documents), text: r => r.documents, by: r => r.documents },
  { label: t('samples'), cell: () => '' }];

function audit() {
  const rows = data('audit'), removed = rows.filter(r => r.what === 'removed').sort((a, b) => b.characters - a.characters), repairs = rows.filter(r => r.what === 'repaired').sort((a, b) => b.spans - a.spans), corpus = data('corpus'), removedNames = data('removed_names'), errors = data('errors');
  const parts = [{ n: corpus.kept, color: 'var(--accent)', label: t('kept') }, { n: corpus.characters - corpus.kept, color: 'var(--removed)', label: t('removed') }];
  const one = h('div'), other = h('div'), rules = (list, key) => table(auditColumns(), list, { order: filters[key], sort: order => set({ [key]: order }), name: 'rules', detail: r => r.evidence.length ? { label: number(r.evidence.length), content: () => samples(r) } : null });
  const draw = () => { one.replaceChildren(rules(removed, 'sort')); other.replaceChildren(rules(repairs, 'repairs')); };
  const [filters, set] = filtering({ sort: '', repairs: '' }, draw);
  draw();
  return [head(t('audit'), t('audit_lead')), h('section', { class: 'card gap-below' }, stack(parts), legend(parts, corpus.characters), h('p', { class: 'note' }, t('not_spaces', { n: number(corpus.characters) }))), h('div', { class: 'filters' }, csvButton('audit', auditColumns(), () => rows)), one,
    removedNames.length ? part(t('kept_out'), h('p', { class: 'note' }, t('kept_out_lead')), limited('removed_names'), h('ul', { class: 'names' }, removedNames.map(n => h('li', {}, h('span', { class: `dot ${n.type}` }), n.name, h('span', { class: 'soft small' }, ` · ${word('zone_names', n.zone)} ${number(n.mentions)}`))))) : null,
    repairs.length ? [h('h2', { class: 'under' }, t('repairs')), other] : null,
    errors.length ? part(t('errors'), h('ul', { class: 'plain' }, errors.map(e => h('li', {}, h('code', {}, e.id), ` · ${number(e.count)}`, e.samples.map(x => h('span', { class: 'cap' }, `${x.path || '–'}${x.line ? ':' + x.line : ''}: ${x.message}`)))))) : null];
}

function dates() {
  const rows = data('dates'), result = h('div'), count = h('span', { class: 'count', role: 'status' });
  const pick = () => { const q = plain(filters.q); return rows.filter(r => (!filters.certainty || r.certainty === filters.certainty) && (!q || (r['text ' + settings.lang] ??= plain([r.id, t(r.certainty), dateText(daysOf(r)), ...r.surfaces, ...r.basis.map(basisText)].join(' '))).includes(q))); };
  const columns = [{ key: 'written', label: t('written'), cell: r => r.surfaces.join(', '), text: r => r.surfaces.join('; '), by: r => r.surfaces[0] }, { key: 'value', label: t('value'), cell: r => [when(daysOf(r)), h('span', { class: 'cap' }, r.id)], text: r => r.id, by: r => daysOf(r).first || daysOf(r).last }, { label: t('certainty'), text: r => t(r.certainty) }, { label: t('basis'), cell: r => h('span', { class: 'small' }, r.basis.map(basisText).join('; ')), text: r => r.basis.map(basisText).join('; ') }, { key: 'mentions', label: t('mentions'), num: true, cell: r => number(r.mentions), text: r => r.mentions, by: r => r.mentions }, { key: 'documents', label: t('documents'), cell: r => [listed(r.evidence, e => h('a', { href: place(e) }, titleOf(e.document))), r.documents > r.evidence.length ? ` +${number(r.documents - r.evidence.length)}` : ''], text: r => r.documents, by: r => r.documents }];
  const draw = () => { const list = pick(); count.textContent = tally(list.length, all('dates'), 'n_dates'); result.replaceChildren(table(columns, list, { order: filters.sort, sort: sort => set({ sort }) })); };
  const [filters, set] = filtering({ q: '', certainty: '', sort: '' }, draw);
  draw();
  return [head(t('dates'), t('dates_lead')), filterBar(searchBox(filters.q, q => set({ q })), [select(t('certainty'), filters.certainty, [['', t('any_certainty')], ...['stated', 'inferred', 'open'].map(k => [k, t(k)])], certainty => set({ certainty })), csvButton('dates', columns, pick)], count, filters.certainty), limited('dates'), result];
}

// First and last day of a plain value; anything else is shown as it is written.
function ends(value) {
  const [from, to] = value.split('/').map(part => part.replace(/T[A-Z]{2}$/, '')), day = part => /^\d{4}(-\d\d){0,2}$/.test(part || '');
  const last = part => { const [y, m, d] = part.split('-'); return d ? part : m ? `${part}-${two(lastOf(y, +m))}` : `${y}-12-31`; };
  const first = part => { const [y, m, d] = part.split('-'); return d ? part : m ? `${part}-01` : `${y}-01-01`; };
  return { first: day(from) ? first(from) : undefined, last: to === undefined ? (day(from) ? last(from) : undefined) : day(to) ? last(to) : undefined };
}

const daysOf = row => ({ ...row, basis: row.basis.join('; '), ...ends(row.resolved || row.value) });

const method = () => [head(t('method')), h('section', { class: 'card' }, h('ul', { class: 'plain' }, WORDS[settings.lang].method_text.map(line => h('li', {}, line))))];
