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
