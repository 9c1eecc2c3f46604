//! A headless Chromium, driven over the WebDriver protocol (W3C, 5 June 2018): HTTP and JSON on a local socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    folder: PathBuf,
}

impl Browser {
    /// None, and a word about it, where the machine has no browser. A phone is 390 pixels wide.
    pub fn start(phone: bool) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = started else {
            eprintln!(
                "SKIPPED: no chromedriver on this machine (Debian: chromium, chromium-driver)"
            );
            return None;
        };
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?
                .trim_end_matches('.')
                .parse()
                .ok()
        });
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("gongwen-page-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut browser = Self {
            driver,
            port: port.expect("chromedriver names its port"),
            session: String::new(),
            folder,
        };
        let mut options = json!({ "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--force-prefers-reduced-motion", "--window-size=1440,900",
            format!("--user-data-dir={}", browser.folder.join("profile").display()),
        ]});
        if phone {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0 } });
        }
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let answer = browser.send(
            "/session",
            &json!({ "capabilities": { "alwaysMatch": wanted } }),
        );
        browser.session = format!(
            "/session/{}",
            answer["sessionId"].as_str().expect("a session")
        );
        Some(browser)
    }

    /// Opens a page from a file.
    pub fn open(&self, page: &[u8]) {
        let file = self.folder.join("page.html");
        std::fs::write(&file, page).unwrap();
        self.post(
            "/url",
            &json!({ "url": format!("file://{}", file.display()) }),
        );
    }

    /// Clicks the middle of the first element that a CSS query finds.
    pub fn click(&self, query: &str) {
        self.post(
            &format!("/element/{}/click", self.element(query)),
            &json!({}),
        );
    }

    /// Types into the first element that a CSS query finds.
    pub fn keys(&self, query: &str, text: &str) {
        self.post(
            &format!("/element/{}/value", self.element(query)),
            &json!({ "text": text }),
        );
    }

    /// The value of a JavaScript expression.
    pub fn eval(&self, expression: &str) -> Value {
        let script =
            format!("const all = (q) => [...document.querySelectorAll(q)]; return ({expression})");
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What the console says.
    pub fn console(&self) -> Value {
        self.post("/se/log", &json!({ "type": "browser" }))
    }

    fn element(&self, query: &str) -> String {
        let found = self.post(
            "/element",
            &json!({ "using": "css selector", "value": query }),
        );
        let id = found
            .as_object()
            .and_then(|found| found.values().next()?.as_str());
        id.unwrap_or_else(|| panic!("{query}: {found}")).to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.send(&format!("{}{path}", self.session), body)
    }

    fn send(&self, path: &str, body: &Value) -> Value {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut stream = loop {
            match TcpStream::connect(("127.0.0.1", self.port)) {
                Ok(stream) => break stream,
                Err(error) => assert!(Instant::now() < deadline, "{error}"),
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        let mut line = String::new();
        while answer.read_line(&mut line).unwrap() > 2 {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).unwrap();
        let mut answer: Value = serde_json::from_slice(&body).unwrap();
        let value = answer["value"].take();
        assert!(value["error"].is_null(), "{path}: {}", value["message"]);
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let request = format!(
            "DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            self.session
        );
        let _ = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            stream.write_all(request.as_bytes())?;
            stream.read(&mut [0; 512])
        });
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
