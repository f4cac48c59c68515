// The frame: sections, language, theme, and which view the address names.
const VIEWS = { overview, ledger, timeline, agreements, statements, network, entities, documents, dates, audit, method };
const PAGES = { entity: entityPage, doc: docPage, event: eventPage, agreement: agreementPage };
const SECTION = { entity: 'entities', doc: 'documents', event: 'ledger', agreement: 'agreements' };

function frame(current) {
  document.documentElement.lang = settings.lang;
  document.documentElement.dataset.theme = settings.theme;
  if (settings.theme === 'auto') delete document.documentElement.dataset.theme;
  const choice = (key, options) => h('span', { class: 'seg', role: 'group', 'aria-label': t(key === 'lang' ? 'language' : 'theme') }, options.map(([value, text, label]) => h('button', { 'aria-pressed': String(settings[key] === value), title: label, onclick: () => { remember(key, value); show(true); } }, h('span', { 'aria-hidden': 'true' }, text), h('span', { class: 'sr' }, label))));
  document.getElementById('bar').replaceChildren(h('a', { class: 'brand', href: '#/overview' }, 'Bản tin'), h('span', { class: 'sub' }, `${number(data('corpus').documents)} ${t('n_documents')} · ${number(data('corpus').events)} ${t('n_events')}`), choice('lang', [['vi', 'VI', 'Tiếng Việt'], ['en', 'EN', 'English']]), choice('theme', [['auto', '◐', t('auto')], ['light', '☀', t('light')], ['dark', '☾', t('dark')]]));
  const tabs = document.getElementById('tabs');
  tabs.setAttribute('aria-label', t('sections'));
  tabs.replaceChildren(...Object.keys(VIEWS).map(view => h('a', { href: '#/' + view, 'aria-current': view === current ? 'page' : null }, t(view))));
  tabs.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('foot').textContent = t('foot');
}

function show(stay) {
  const [view, ...rest] = location.hash.replace(/^#\//, '').split('/').map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  const main = document.getElementById('main'), at = scrollY;
  onresize = null;
  frame(SECTION[view] || (VIEWS[view] ? view : 'overview'));
  main.replaceChildren(...[PAGES[view] ? PAGES[view](...rest) : (VIEWS[view] || overview)()].flat(Infinity).filter(Boolean));
  document.title = `${main.querySelector('h1')?.textContent || ''} · Bản tin`;
  if (stay === true) scrollTo(0, at); else if (!document.getElementById('lit')) scrollTo(0, 0);
}

document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); document.getElementById('main').focus(); });
addEventListener('hashchange', () => { show(); document.getElementById('main').focus({ preventScroll: true }); });
show();
