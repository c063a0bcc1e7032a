//! The report page in a real browser, driven over `WebDriver`. Skipped where there is no `chromedriver`.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser and the program that drives it; both end with the test.
struct Browser {
    driver: Child,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// `None` where no driver can be started.
    fn open() -> Option<Self> {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let profile = tempfile::tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1100,1400",
            &folder,
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}}});
        let url = format!("http://127.0.0.1:{}/session", port.unwrap());
        let mut browser = Self { driver, session: url.clone(), _profile: profile };
        let opened = browser.post("", &wanted);
        browser.session = format!("{url}/{}", opened["sessionId"].as_str().unwrap());
        Some(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let answer = ureq::post(format!("{}{path}", self.session)).send_json(body).unwrap();
        let answer: Value = answer.into_body().read_json().unwrap();
        answer["value"].clone()
    }

    fn go(&self, page: &Path) {
        self.post("/url", &json!({"url": format!("file://{}", page.display())}));
    }

    /// The value of a JavaScript expression.
    fn eval(&self, expression: &str) -> Value {
        self.post("/execute/sync", &json!({"script": format!("return {expression}"), "args": []}))
    }

    fn press(&self, key: &str) {
        let keys = json!([{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]);
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": keys}]}));
    }

    /// What the page complained about.
    fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        log.as_array().unwrap().iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// A picture of the page in a colour scheme and width, left where `CLEANCOPY_SCREENSHOTS` says.
    fn picture(&self, name: &str, scheme: &str, width: u32) {
        let Some(folder) = std::env::var_os("CLEANCOPY_SCREENSHOTS") else { return };
        let command = |cmd: &str, params: Value| self.post("/goog/cdp/execute", &json!({"cmd": cmd, "params": params}));
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        command("Emulation.setEmulatedMedia", json!({"features": features}));
        let metrics = json!({"width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": width < 600});
        command("Emulation.setDeviceMetricsOverride", metrics);
        let shot = command("Page.captureScreenshot", json!({"format": "png"}));
        let png = BASE64.decode(shot["data"].as_str().unwrap()).unwrap();
        fs::write(Path::new(&folder).join(format!("{name}.png")), png).unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

const ARTICLE: &str = "The harbour office of Halm will close its gates for a week from Monday, it said on Friday.\n\n\
    The gates date from 1911 and have been mended eleven times since then, most of them in the past two years.\n\n";

/// A report over invented articles, one of which attacks the page.
fn report(folder: &Path) -> std::path::PathBuf {
    for n in 0..9 {
        let tail =
            if n % 2 == 0 { "© 2024 Halm Herald. All rights reserved.\n" } else { "Share this article on Facebook\n" };
        // A story of its own: of copies one is shown.
        let article = ARTICLE.replace("1911", &format!("19{n}0"));
        fs::write(folder.join(format!("{n}.txt")), format!("{article}It was notice number {n} of the year.\n\n{tail}"))
            .unwrap();
    }
    let hostile = format!(
        "{ARTICLE}\"<script>document.title = 'taken'</script></style></article><img src=x onerror=\"document.title = 'taken'\">\" \
         was painted on \u{202E}the gate\u{202C} overnight.\n\n© 2024 </del><script>document.title = 'taken'</script> Herald\n"
    );
    fs::write(folder.join("hostile.txt"), hostile).unwrap();
    let (out, page) = (folder.join("out.jsonl"), folder.join("report.html"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    let done = program.arg("clean").arg(folder).arg("-o").arg(&out).arg("--report").arg(&page).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    page
}

const SHOWN: &str = "[...document.querySelectorAll('article.document')].filter((one) => !one.hidden)";

#[test]
fn the_page_works_and_hostile_text_stays_text() {
    let Some(browser) = Browser::open() else {
        eprintln!("skipped: no chromedriver");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    browser.go(&report(folder.path()));

    // One document at a time, keys and buttons step through them.
    assert_eq!(browser.eval("document.querySelectorAll('article.document').length"), 10);
    assert_eq!(browser.eval(&format!("{SHOWN}.length")), 1);
    assert_eq!(browser.eval("pick.place.value"), "1 of 10");
    browser.press("j");
    browser.press("\u{E014}"); // right arrow
    assert_eq!(browser.eval("pick.place.value"), "3 of 10");
    browser.press("k");
    browser.eval("pick.next.click()");
    assert_eq!(browser.eval("pick.place.value"), "3 of 10");

    // The filter by rule keeps those that it edited.
    let choose = |rule: &str| {
        browser.eval(&format!(
            "(pick.rule.value = '{rule}', pick.dispatchEvent(new Event('change', {{bubbles: true}})), 0)"
        ));
        browser.eval("pick.place.value")
    };
    assert_eq!(choose("share-bar"), "1 of 4");
    assert_eq!(browser.eval(&format!("{SHOWN}[0].dataset.rules.split(' ').includes('share-bar')")), true);
    assert_eq!(choose(""), "1 of 10");

    // A link among the largest cuts leads to its document, even when a filter hides it.
    choose("share-bar");
    browser.eval("(location.hash = '#document-4', 0)");
    browser.eval("new Promise((done) => setTimeout(done, 50))");
    assert_eq!(browser.eval(&format!("{SHOWN}[0].id")), "document-4");

    // Rules lead to their texts.
    assert_eq!(browser.eval("document.querySelectorAll('main a[href^=\"#rule-\"]').length > 0"), true);
    assert_eq!(
        browser.eval(
            "[...document.querySelectorAll('a[href^=\"#\"]')].every((a) => document.getElementById(a.hash.slice(1)))"
        ),
        true
    );

    // What attacked the page is text in it.
    assert_eq!(browser.eval("document.title.startsWith('What was cleaned')"), true);
    assert_eq!(browser.eval("document.scripts.length"), 1);
    assert_eq!(browser.eval("document.images.length"), 0);
    assert_eq!(browser.eval("document.body.textContent.includes('<script>document.title')"), true);
    assert_eq!(browser.eval("document.body.textContent.includes('\\u202E')"), false);
    assert_eq!(browser.complaints(), Vec::<String>::new());

    // No side to side scrolling, on a phone either.
    browser.eval("(pick.reset(), location.hash = '', 0)");
    for (name, scheme, width) in [("light", "light", 1100), ("dark", "dark", 1100), ("phone", "light", 390)] {
        browser.picture(name, scheme, width);
    }
    let metrics = json!({"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": true});
    browser.post("/goog/cdp/execute", &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics}));
    assert_eq!(browser.eval("document.documentElement.scrollWidth <= 390"), true);
}
