// Runs Ace over one EPUB and writes its report: node ace.cjs ACE EPUB REPORT
//
// Ace's own command would do, but for two things: it always takes Chromium's sandbox away, which
// only root must do, and it writes more than its report.

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const [ace, epub, report] = process.argv.slice(2);
const command = createRequire(ace);
const runner = command("@daisy/ace-axe-runner-puppeteer");
const browsers = createRequire(command.resolve("@daisy/ace-axe-runner-puppeteer"))("puppeteer");
const check = createRequire(command.resolve("@daisy/ace-cli-shared"))("@daisy/ace-core");

const SANDBOX_OFF = ["--no-sandbox", "--disable-setuid-sandbox"];

if (process.getuid && process.getuid() !== 0) {
  const launch = browsers.launch;
  browsers.launch = (options) =>
    launch({ ...options, args: options.args.filter((flag) => !SANDBOX_OFF.includes(flag)) });
}

const options = { cwd: path.dirname(report), tmpdir: path.dirname(report), lang: "en",
                  silent: true, initLogger: true, fileName: "ace.log", doNotReportMedia: true };

check(epub, options, runner)
  .then(([, found]) => {
    fs.writeFileSync(report, JSON.stringify(found));
    process.exit(0);
  })
  .catch((error) => {
    process.stderr.write(`\n${String((error && error.message) || error)}\n`);
    process.exit(1);
  });
