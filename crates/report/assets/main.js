// The frame: sections, language, theme, and which view the address names.
const VIEWS = { overview, ledger, timeline, agreements, statements, network, entities, documents, dates, audit, method };
const PAGES = { entity: entityPage, doc: docPage, event: eventPage, agreement: agreementPage };
const SECTION = { entity: 'entities', doc: 'documents', event: 'ledger', agreement: 'agreements' };

const absent = () => [head(t('missing'), t('missing_lead')), h('p', {}, h('a', { href: '#/overview' }, t('to_front')))];

function frame(current) {
  document.documentElement.lang = settings.lang;
  document.documentElement.dataset.theme = settings.theme;
  if (settings.theme === 'auto') delete document.documentElement.dataset.theme;
  const choice = (key, options) => tools(t(key === 'lang' ? 'language' : 'theme'), options.map(([value, text, label]) => h('button', { 'aria-pressed': String(settings[key] === value), 'data-key': value, title: label, onclick: () => { remember(key, value); refocus(() => show(true)); } }, h('span', { 'aria-hidden': 'true' }, text), h('span', { class: 'sr' }, label))));
  const corpus = data('corpus');
  document.getElementById('bar').replaceChildren(h('a', { class: 'brand', href: '#/overview' }, 'Bản tin'), h('span', { class: 'sub' }, `${counted(corpus.documents, 'n_documents')} · ${counted(corpus.events, 'n_events')}`), choice('lang', [['vi', 'VI', 'Tiếng Việt'], ['en', 'EN', 'English']]), choice('theme', [['auto', '◐', t('auto')], ['light', '☀', t('light')], ['dark', '☾', t('dark')]]));
  const tabs = document.getElementById('tabs');
  tabs.setAttribute('aria-label', t('sections'));
  tabs.replaceChildren(...Object.keys(VIEWS).map(view => h('a', { href: '#/' + view, 'aria-current': view === current ? 'page' : null }, t(view))));
  tabs.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('foot').textContent = t('foot');
}

function show(stay) {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...rest] = path.split('/').map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  const main = document.getElementById('main'), back = stay === true ? { y: scrollY, lists: at.lists } : history.state;
  asked = new URLSearchParams(query); resumed = back?.lists || [];
  at = { y: back?.y || 0, lists: [] };
  onresize = null;
  const own = Object.hasOwn(PAGES, view) ? PAGES[view] : Object.hasOwn(VIEWS, view) ? VIEWS[view] : view ? absent : overview;
  frame(Object.hasOwn(SECTION, view) ? SECTION[view] : view || 'overview');
  main.replaceChildren(...[own(...rest) || absent()].flat(Infinity).filter(Boolean));
  document.title = `${main.querySelector('h1')?.textContent || ''} · Bản tin`;
  const go = () => { if (!document.getElementById('lit') || back) scrollTo(0, at.y); };
  const y = at.y;
  go();
  // What is drawn in the next frame makes room for the place to which one returns.
  if (y) requestAnimationFrame(() => requestAnimationFrame(() => { at.y = y; go(); }));
}

document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); document.getElementById('main').focus(); });
history.scrollRestoration = 'manual';
let resting;
addEventListener('scroll', () => { clearTimeout(resting); resting = setTimeout(() => { at.y = scrollY; write(); }, 150); }, { passive: true });
document.addEventListener('click', () => { clearTimeout(resting); at.y = scrollY; write(); }, true);
addEventListener('hashchange', () => { clearTimeout(resting); show(); document.getElementById('main').focus({ preventScroll: true }); });
// On paper every row shows its sentences.
let opened = [];
addEventListener('beforeprint', () => { opened = [...document.querySelectorAll('.toggle[aria-expanded="false"]')]; for (const toggle of opened) toggle.click(); });
addEventListener('afterprint', () => { for (const toggle of opened) toggle.click(); opened = []; });
show();
