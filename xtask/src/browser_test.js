// What the browser test does inside the page.
"use strict";
globalThis.probe = (() => {
  const settled = () =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(done, 30)), 0)));
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const shown = () => document.body.innerText;
  const name = (element) => {
    const id = element.id ? "#" + element.id : "";
    const label = element.getAttribute("aria-label") || element.closest("label")?.innerText || element.innerText || element.name || "";
    const text = label.trim().slice(0, 30);
    return element.tagName.toLowerCase() + id + (text ? ` "${text}"` : "");
  };
  const change = async (element, property, value) => {
    element[property] = value;
    for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
    await new Promise((done) => setTimeout(done, 250)); // filters may wait for the typist
    await settled();
  };

  return {
    links: () => [...new Set([...document.querySelectorAll('a[href^="#"]')].filter(isVisible).map((a) => a.getAttribute("href")))].filter((href) => href !== "#"),

    // True when the link leads to an element that is shown, changes what is shown, or says that it
    // leads to what is shown already. An empty hash is the page as it opens.
    follow: async (hash) => {
      if (hash === "" ? location.hash === "" : decodeURI(location.hash) === decodeURI(hash)) return true;
      const before = document.body.innerHTML;
      const links = () => [...document.querySelectorAll("a")].filter((a) => a.getAttribute("href") === hash && isVisible(a));
      const link = links()[0];
      if (link) link.click();
      else location.hash = hash;
      await settled();
      if (hash === "" || document.body.innerHTML !== before || links().some((a) => a.hasAttribute("aria-current"))) return true;
      const target = document.getElementById(decodeURIComponent(hash.slice(1)));
      return target !== null && isVisible(target);
    },

    // Turns every filter and turns it back: does it change what is shown, and give it back?
    filters: async (hash) => {
      const turned = [];
      await probe.follow(hash);
      const all = "input[type=search], input[type=text], input[type=checkbox], select";
      for (const filter of [...document.querySelectorAll(all)].filter(isVisible)) {
        const property = filter.type === "checkbox" ? "checked" : "value";
        const start = filter[property];
        const before = document.body.innerHTML;
        const text = shown();
        const values = filter.tagName === "SELECT" ? [...filter.options].map((option) => option.value).filter((value) => value !== start).slice(0, 6)
          : property === "checked" ? [!start] : ["zzqqzz"];
        let changes = values.length === 0;
        for (const value of values) {
          await change(filter, property, value);
          changes ||= document.body.innerHTML !== before || shown() !== text;
        }
        await change(filter, property, start);
        turned.push({ name: name(filter), changes, givesBack: shown() === text });
      }
      return turned;
    },

    // Links of the page that lead to no view of it.
    dead: () => {
      const lists = { doc, event: eventRow, entity: known, agreement: (id) => index("agreements").get(id) };
      return probe.links().filter((href) => {
        const [view, id] = href.replace(/^#\/?/, "").split("?")[0].split("/").map(decodeURIComponent);
        return href.startsWith("#/") && !(Object.hasOwn(VIEWS, view) || (Object.hasOwn(lists, view) && lists[view](id)));
      });
    },

    // The matrix against the events: meetings that happened, and nobody without one.
    matrix: async () => {
      const wrong = [];
      await probe.follow("#/ledger?view=matrix");
      const kinds = ["MEET", "TALKS", "RECEPTION", "SIGN", "CONFERENCE", "PRESS", "BANQUET"];
      for (const row of document.querySelectorAll(".matrix tbody tr")) if (!row.querySelector("td a")) wrong.push(`${row.innerText}: an empty row`);
      const cells = [...document.querySelectorAll(".matrix td a")];
      for (const cell of cells) {
        const query = new URLSearchParams(cell.getAttribute("href").split("?")[1]), pair = [query.get("who"), query.get("and")];
        const together = data("events").filter((e) => kinds.includes(e.type) && !e.participants.some((p) => p.roles.includes("via")) && pair.every((id) => e.participants.some((p) => p.entity === id)));
        const met = together.filter((e) => e.modality === "happened").length, hollow = cell.className === "hollow";
        // Guests of one host stand in one event without having met.
        const most = hollow ? together.length - met : met;
        if (+cell.textContent < 1 || +cell.textContent > most || (hollow && met > 0 && +cell.textContent === met)) wrong.push(`${cell.title}: the events say ${met}`);
      }
      if (cells.length) {
        const hash = cells[0].getAttribute("href");
        cells[0].click();
        await settled();
        if (!document.querySelector(".ledger tbody tr")) wrong.push(`${hash}: no events behind the cell`);
        history.back();
        await new Promise((done) => setTimeout(done, 200));
        if (!document.querySelector(".matrix")) wrong.push("Back does not lead from the events of two people to the matrix");
      }
      return wrong;
    },

    // Filters and order stand in the address, survive Back, keep the focus, and end with the link that leads to all.
    address: async () => {
      const wrong = [];
      await probe.follow("#/ledger");
      const all = shown(), select = document.querySelector(".filters select"), value = select.options[1]?.value;
      select.focus();
      await change(select, "value", value);
      const some = document.querySelector(".count").textContent;
      if (!location.hash.includes(`type=${value}`)) wrong.push("a filter does not stand in the address");
      document.querySelector(".ledger a.kind").click();
      await settled();
      history.back();
      await new Promise((done) => setTimeout(done, 200));
      if (document.querySelector(".filters select").value !== value || document.querySelector(".count").textContent !== some) wrong.push("Back loses the filter");
      await probe.follow("#/ledger");
      if (shown() !== all) wrong.push("the link to all events keeps a filter");
      const sort = document.querySelectorAll("th .sort")[2];
      sort.focus();
      sort.click();
      await settled();
      const names = [...document.querySelectorAll(".ledger tbody td:nth-child(3) .who:first-child > :first-child")].map((name) => name.textContent);
      if (document.querySelectorAll("th")[2].getAttribute("aria-sort") !== "ascending") wrong.push("a sorted column does not say so");
      if (names.some((name, i) => i && new Intl.Collator("vi").compare(names[i - 1], name) > 0)) wrong.push(`not sorted: ${names.slice(0, 5)}`);
      if (!document.activeElement.matches("th .sort")) wrong.push("sorting loses the focus");
      document.querySelector('[data-key="dark"]').focus();
      document.querySelector('[data-key="dark"]').click();
      await settled();
      if (document.activeElement.dataset.key !== "dark") wrong.push("choosing the theme loses the focus");
      document.querySelector('[data-key="auto"]').click();
      for (const hash of ["#/constructor", "#/nowhere", "#/entity/per:nobody-at-all"]) {
        location.hash = hash;
        await settled();
        if (document.querySelector("h1")?.textContent !== t("missing")) wrong.push(`${hash}: does not say that there is nothing`);
      }
      return wrong;
    },

    // On paper: every row with its sentences, and ink on white whatever the theme.
    paper: async () => {
      const wrong = [];
      await probe.follow("#/ledger");
      dispatchEvent(new Event("beforeprint"));
      const shut = document.querySelectorAll('.toggle[aria-expanded="false"]').length;
      if (shut || !document.querySelector(".detail blockquote")) wrong.push(`${shut} rows are printed without their sentences`);
      const style = getComputedStyle(document.querySelector(".table"));
      if (style.backgroundColor !== "rgb(255, 255, 255)") wrong.push(`printed on ${style.backgroundColor}`);
      dispatchEvent(new Event("afterprint"));
      if (document.querySelector('.toggle[aria-expanded="true"]')) wrong.push("rows stay open after printing");
      return wrong;
    },

    // The element that sticks out, where the page scrolls sideways.
    tooWide: (width) => {
      const root = document.documentElement;
      if (root.clientWidth > width) return `laid out for ${root.clientWidth} pixels`;
      if (root.scrollWidth <= root.clientWidth) return null;
      const wide = [...document.querySelectorAll("body *")].filter((element) => isVisible(element) && element.getBoundingClientRect().right > root.clientWidth + 1);
      return wide.length ? name(wide[wide.length - 1]) : "nothing visible";
    },

    focus: () => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const visible = element === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none";
      return { element: name(element), visible };
    },

    axe: async () => {
      const result = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
      return result.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].target.join(" ")} ${v.nodes[0].any.map((a) => a.message).join("; ")}`);
    },
  };
})();
0;
