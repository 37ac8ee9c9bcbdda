// The head and the style that all pages share.
#include "reports/page.h"

#include <fmt/format.h>

#include "reports/findings.h"

namespace bibmill::cli {

namespace {

constexpr std::string_view kBeforeTitle = R"~(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
)~";

constexpr std::string_view kStyle = R"~(<style>
:root { --ink: #1d2329; --faint: #5c6670; --paper: #fff; --box: #f4f5f7; --line: #d9dde2; --error: #b3261e; --warning: #8a5a00; --note: #1b5e8c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --faint: #9aa4ae; --paper: #16191c; --box: #1f2428; --line: #353c43; --error: #ff8a80; --warning: #f2bd5c; --note: #7fc4f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
.counts div { background: var(--box); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 6.5rem; }
.counts b { display: block; font-size: 1.5rem; line-height: 1.2; }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { text-align: right; white-space: nowrap; }
.bar { height: .6rem; background: var(--note); border-radius: .2rem; min-width: 2px; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 1rem; }
select, input { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .6rem; max-width: 100%; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: .6rem 0; overflow-wrap: anywhere; }
article p { margin: 0; }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
pre { margin: .5rem 0 0; padding: .4rem .6rem; background: var(--box); border-radius: .3rem; overflow-x: auto; }
mark { background: none; color: inherit; border-bottom: 2px solid currentColor; }
.place, .fix { color: var(--faint); font-size: .9rem; }
</style>
</head>
<body>
)~";

}  // namespace

std::string page_head(std::string_view title) { return fmt::format("{0}<title>{1}</title>\n{2}<h1>{1}</h1>\n", kBeforeTitle, as_xml(title), kStyle); }

std::string page_end() { return "</body>\n</html>\n"; }

std::string bar(std::uint64_t count, std::uint64_t most) { return fmt::format("<div class=\"bar\" style=\"width:{}%\"></div>", most == 0 ? 0 : count * 100 / most); }

}  // namespace bibmill::cli
