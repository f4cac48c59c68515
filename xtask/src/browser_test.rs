//! `browser-test`: the report's page in headless Chromium, used as a reader uses it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Value, json};
use xshell::cmd;

use crate::devtools::Browser;
use crate::run::report;
use crate::workspace::Workspace;

/// Most milliseconds from asking for the page until it is loaded.
const PATIENCE: f64 = 2000.0;

/// How many links of one kind are followed: `#/entity/a` and `#/entity/b` are of one kind.
const LINKS_OF_A_KIND: usize = 5;

/// Width and height of a phone and of a desk.
const PHONE: (u32, u32) = (400, 800);
const DESK: (u32, u32) = (1280, 900);

/// What runs inside the page.
const PROBE: &str = include_str!("browser_test.js");

#[derive(Args, Default)]
pub(crate) struct BrowserTest {
    /// The page; without one, the report of the seeds is made and tested.
    page: Option<PathBuf>,
}

impl BrowserTest {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let Some(chromium) = chromium(workspace) else {
            println!("browser-test: skipped, there is no Chromium and it cannot be installed");
            return Ok(());
        };
        let folder = workspace.target()?.join("browser-test");
        std::fs::create_dir_all(&folder)?;
        let page = match self.page {
            Some(page) => page,
            None => report(workspace, &["seeds".into()], &folder.join("seeds"))?,
        };
        let page = std::fs::canonicalize(&page).with_context(|| page.display().to_string())?;
        let profile = folder.join("profile");
        let mut visit = Visit {
            browser: Browser::launch(&chromium, &profile)?,
            axe: axe(workspace, &folder),
            folder,
            problems: BTreeSet::new(),
        };
        visit.page(&format!("file://{}", page.display()))?;
        for problem in &visit.problems {
            println!("{problem}");
        }
        ensure!(visit.problems.is_empty(), "browser-test: {} problems", visit.problems.len());
        println!("browser-test: nothing to say");
        Ok(())
    }
}

/// Chromium's command; installed from Debian's packages where that is possible.
fn chromium(workspace: &Workspace) -> Option<String> {
    let shell = &workspace.shell;
    let find = || {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let mut found = names.into_iter().filter(|name| {
            cmd!(shell, "{name} --version").quiet().ignore_stderr().ignore_stdout().run().is_ok()
        });
        found.next().map(str::to_owned)
    };
    find().or_else(|| {
        let packages = ["chromium", "fonts-dejavu-core"];
        let patience = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=30"];
        cmd!(shell, "apt-get {patience...} update --quiet").run().ok()?;
        cmd!(
            shell,
            "apt-get {patience...} install --quiet --yes --no-install-recommends {packages...}"
        )
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
        .ok()?;
        find()
    })
}

/// The accessibility checker axe, through npm where there is one.
fn axe(workspace: &Workspace, folder: &Path) -> Option<String> {
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        let install =
            cmd!(workspace.shell, "npm install --no-audit --no-fund --prefix {folder} axe-core@4");
        if install.ignore_stdout().run().is_err() {
            println!("accessibility: skipped, axe-core cannot be installed with npm");
        }
    }
    std::fs::read_to_string(script).ok()
}

/// A visit to one page, and what is wrong with it.
struct Visit {
    browser: Browser,
    axe: Option<String>,
    folder: PathBuf,
    problems: BTreeSet<String>,
}

impl Visit {
    fn page(&mut self, url: &str) -> Result<()> {
        self.screen(DESK)?;
        self.browser.open(url)?;
        let loaded = self.browser.value(
            "new Promise(done => setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd)))",
        )?;
        let loaded = loaded.as_f64().context("the page tells no time")?;
        println!("loaded in {loaded:.0} ms");
        if loaded > PATIENCE {
            self.problems.insert(format!("loading took {loaded:.0} ms"));
        }
        self.browser.value(PROBE)?;
        let views = self.views()?;
        println!("{} views", views.len());
        for (kind, hash) in first_of_each_kind(&views) {
            for scheme in ["light", "dark"] {
                self.look(&kind, &hash, scheme)?;
            }
        }
        self.filters(&views)?;
        for check in ["matrix", "address"] {
            self.ask(check)?;
        }
        let dark = json!({ "name": "prefers-color-scheme", "value": "dark" });
        let paper = json!({ "media": "print", "features": [dark] });
        self.browser.call("Emulation.setEmulatedMedia", paper)?;
        self.ask("paper")?;
        self.browser.call("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        self.keyboard(&views[0])
    }

    /// What a check that runs inside the page finds wrong.
    fn ask(&mut self, check: &str) -> Result<()> {
        let wrong = self.browser.value(&format!("probe.{check}()"))?;
        let wrong = wrong.as_array().into_iter().flatten().filter_map(Value::as_str);
        self.problems.extend(wrong.map(|wrong| format!("{check}: {wrong}")));
        self.listen(check);
        Ok(())
    }

    /// Follows the links inside the page, breadth first, a few of each kind.
    fn views(&mut self) -> Result<Vec<String>> {
        let mut waiting = VecDeque::from([String::new()]);
        let mut known = BTreeSet::new();
        let mut of_kind = BTreeMap::<String, usize>::new();
        let mut views = Vec::new();
        while let Some(hash) = waiting.pop_front() {
            if !hash.is_empty() {
                let arrives = self.browser.value(&format!("probe.follow({})", json!(hash)))?;
                if arrives != true {
                    self.problems.insert(format!("{hash}: the link shows nothing"));
                }
            }
            self.listen(&hash);
            let dead = self.browser.value("probe.dead()")?;
            let dead = dead.as_array().into_iter().flatten().filter_map(Value::as_str);
            self.problems.extend(dead.map(|link| format!("{hash}: {link} leads nowhere")));
            let links = self.browser.value("probe.links()")?;
            for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let seen = of_kind.entry(kind(link)).or_default();
                if *seen < LINKS_OF_A_KIND && known.insert(subject(link)) {
                    *seen += 1;
                    waiting.push_back(link.to_owned());
                }
            }
            views.push(hash);
        }
        Ok(views)
    }

    /// Every filter changes something in one of the views of a kind, and gives it back.
    ///
    /// In a single view it may have nothing to do: a story of which nothing was removed.
    fn filters(&mut self, views: &[String]) -> Result<()> {
        let mut works = BTreeMap::<(String, String), bool>::new();
        for hash in views {
            let turned = self.browser.value(&format!("probe.filters({})", json!(hash)))?;
            for filter in turned.as_array().into_iter().flatten() {
                let name = filter["name"].as_str().unwrap_or_default().to_owned();
                if filter["givesBack"] == false {
                    self.problems.insert(format!("{hash}: {name} does not give back what it hid"));
                }
                *works.entry((kind(hash), name)).or_default() |= filter["changes"] == true;
            }
            self.listen(hash);
        }
        let idle = works.into_iter().filter(|(_, works)| !works);
        self.problems
            .extend(idle.map(|((kind, name), _)| format!("{kind}: {name} changes nothing")));
        Ok(())
    }

    /// A view on both screens: no sideways scrolling, a picture for people, and axe.
    fn look(&mut self, kind: &str, hash: &str, scheme: &str) -> Result<()> {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.browser.call("Emulation.setEmulatedMedia", json!({ "features": [feature] }))?;
        for (name, screen) in [("desk", DESK), ("phone", PHONE)] {
            self.screen(screen)?;
            self.browser.value(&format!("probe.follow({})", json!(hash)))?;
            let wide = self.browser.value(&format!("probe.tooWide({})", screen.0))?;
            if let Some(element) = wide.as_str() {
                self.problems.insert(format!("{hash}: scrolls sideways on a {name}: {element}"));
            }
            let picture =
                self.browser.call("Page.captureScreenshot", json!({ "format": "png" }))?;
            let bytes = base64(picture["data"].as_str().unwrap_or_default());
            let kind = if kind.is_empty() { "front" } else { kind };
            std::fs::write(self.folder.join(format!("{kind}.{name}.{scheme}.png")), bytes)?;
        }
        self.screen(DESK)?;
        if let Some(axe) = &self.axe {
            self.browser.value(&format!("window.axe || (() => {{ {axe} }})(); 0"))?;
            let violations = self.browser.value("probe.axe()")?;
            for violation in violations.as_array().into_iter().flatten().filter_map(Value::as_str) {
                self.problems.insert(format!("{hash} ({scheme}): {violation}"));
            }
        }
        self.listen(hash);
        Ok(())
    }

    /// The tab key goes from one element to the next, and each shows that it has the focus.
    fn keyboard(&mut self, hash: &str) -> Result<()> {
        self.browser.value(&format!("probe.follow({})", json!(hash)))?;
        let mut reached = BTreeSet::new();
        for _ in 0..20 {
            for step in ["keyDown", "keyUp"] {
                let key = json!({ "type": step, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
                self.browser.call("Input.dispatchKeyEvent", key)?;
            }
            let focus = self.browser.value("probe.focus()")?;
            let element = focus["element"].as_str().unwrap_or_default().to_owned();
            if focus["visible"] == false {
                self.problems.insert(format!("{element}: does not show that it has the focus"));
            }
            reached.insert(element);
        }
        if reached.len() < 5 {
            self.problems.insert(format!("the tab key reaches {reached:?} only"));
        }
        Ok(())
    }

    fn screen(&mut self, (width, height): (u32, u32)) -> Result<()> {
        let phone = (width, height) == PHONE;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.browser.call("Emulation.setDeviceMetricsOverride", metrics)?;
        Ok(())
    }

    /// What the console and the network said.
    fn listen(&mut self, hash: &str) {
        for event in self.browser.take_events() {
            let parameters = &event["params"];
            let said = match event["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" => {
                    Some(parameters["exceptionDetails"]["exception"]["description"].to_string())
                }
                "Runtime.consoleAPICalled" if parameters["type"] == "error" => {
                    Some(parameters["args"].to_string())
                }
                "Log.entryAdded" if parameters["entry"]["level"] == "error" => {
                    Some(parameters["entry"]["text"].to_string())
                }
                "Network.requestWillBeSent" => {
                    let url = parameters["request"]["url"].as_str().unwrap_or_default();
                    let inside = ["file:", "data:", "blob:"].iter().any(|own| url.starts_with(own));
                    (!inside).then(|| format!("asks the network for {url}"))
                }
                _ => None,
            };
            self.problems.extend(said.map(|said| format!("{hash}: {said}")));
        }
    }
}

/// The part of a link that says what kind of view it shows: `entity` of `#/entity/per:x`.
fn kind(hash: &str) -> String {
    let path = hash.trim_start_matches(['#', '/']);
    let end = path.find(['/', ':', '=', '?']).unwrap_or(path.len());
    path[..end].trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned()
}

/// What a link shows, wherever in it: `doc/a` of `#/doc/a/12-40`.
fn subject(hash: &str) -> String {
    let path = hash.trim_start_matches(['#', '/']);
    path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
}

fn first_of_each_kind(views: &[String]) -> BTreeMap<String, String> {
    let mut first = BTreeMap::new();
    for hash in views {
        first.entry(kind(hash)).or_insert_with(|| hash.clone());
    }
    first
}

/// The bytes of a picture, which the protocol carries as text.
fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|c| *c != b'=').map(value).collect();
    let bytes = digits.chunks(4).flat_map(|chunk| {
        let bits = chunk.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit));
        let bits = bits << (6 * (4 - chunk.len()));
        bits.to_be_bytes().into_iter().skip(1).take(chunk.len() * 3 / 4)
    });
    bytes.collect()
}

#[test]
fn pictures_are_decoded() {
    assert_eq!(base64("aGFp"), b"hai");
    assert_eq!(base64("aGFpYQ=="), b"haia");
    assert_eq!(base64("aGFpYmE="), b"haiba");
}

#[test]
fn kind_of_a_link_is_its_first_part() {
    assert_eq!(kind("#/entity/per:ngo-xuan-lich"), "entity");
    assert_eq!(kind("#story-12"), "story");
    assert_eq!(kind("#/people"), "people");
}
