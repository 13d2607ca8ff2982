"""The page's one style sheet: the counter's own colours, no picture, no font from elsewhere."""

from __future__ import annotations

SHEET = """
:root { --ink: #1d2733; --ink-2: #566273; --line: #e3e1da; --paper: #ffffff; --ground: #f5f3ee; --nav: #14324f;
  --nav-2: #1d4468; --action: #0b5cad; --action-soft: #e6effa; --ok: #1f7a4d; --ok-soft: #e5f3ea; --warn: #8a5200;
  --warn-soft: #fdf1dc; --bad: #b3261e; --bad-soft: #fbe9e7; --focus: #f0a500; }
* { box-sizing: border-box; }
html { font: 15px/1.5 "Be Vietnam Pro", "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: var(--ink);
  background: var(--ground); font-variant-numeric: tabular-nums; }
body { margin: 0; }
a { color: var(--action); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; background: var(--paper); padding: 8px; }
header { background: var(--nav); color: #fff; display: flex; align-items: center; gap: 24px; padding: 0 24px;
  min-height: 56px; flex-wrap: wrap; }
header strong { font-weight: 600; font-size: 17px; }
header nav { display: flex; gap: 4px; flex-wrap: wrap; flex: 1; }
header nav a { color: #fff; text-decoration: none; padding: 8px 12px; border-radius: 6px; min-height: 36px; }
header nav a:hover { background: var(--nav-2); }
header nav a[aria-current] { background: var(--paper); color: var(--nav); font-weight: 600; }
header form { display: flex; gap: 12px; align-items: center; }
main { max-width: 1320px; margin: 0 auto; padding: 20px 24px 48px; }
h1 { font-size: 22px; font-weight: 600; margin: 4px 0 12px; }
h2 { font-size: 17px; font-weight: 600; margin: 28px 0 8px; }
p { max-width: 80ch; margin: 6px 0 12px; }
.quiet { color: var(--ink-2); font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 16px; padding: 0;
  margin: 0; list-style: none; }
.tiles li { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tiles b { display: block; font-size: 22px; font-weight: 600; }
.tiles .bad { background: var(--bad-soft); border-color: #e9b9b4; }
.tiles .warn { background: var(--warn-soft); border-color: #ecd3a3; }
.banner { border: 1px solid #ecd3a3; background: var(--warn-soft); border-radius: 8px; padding: 12px 16px;
  margin: 0 0 16px; }
.banner.bad { border-color: #e9b9b4; background: var(--bad-soft); }
.banner.ok { border-color: #b7dcc6; background: var(--ok-soft); }
.banner p { margin: 2px 0 8px; }
.wide { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: 10px 16px; font-weight: 600; }
th, td { text-align: left; padding: 8px 16px; border-top: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--ink-2); font-size: 13px; font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; white-space: nowrap; }
.number { text-align: right; display: block; white-space: nowrap; }
.mark { display: inline-block; white-space: nowrap; padding: 1px 8px; border-radius: 6px;
  font-size: 13px; font-weight: 500; }
.mark.ok { background: var(--ok-soft); color: var(--ok); }
.mark.warn { background: var(--warn-soft); color: var(--warn); }
.mark.bad { background: var(--bad-soft); color: var(--bad); }
.nothing { background: var(--paper); border: 1px dashed var(--line); border-radius: 8px; padding: 16px; }
code, .hash { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; overflow-wrap: anywhere; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 16px;
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
button, input { font: inherit; min-height: 38px; border-radius: 6px; border: 1px solid #8a94a3; padding: 4px 14px;
  background: var(--paper); color: var(--ink); }
button { cursor: pointer; }
button.main { background: var(--action); border-color: var(--action); color: #fff; font-weight: 500; }
header button { background: transparent; color: #fff; border-color: #8fa3b8; }
form.act { display: flex; gap: 12px; align-items: end; flex-wrap: wrap; margin: 8px 0; }
form.act label { display: block; font-size: 13px; color: var(--ink-2); }
form.act input[type=text], form.act input[type=password] { width: 360px; max-width: 100%; }
form.act label:not(.tick) input { display: block; }
form.act label.tick { display: flex; gap: 8px; align-items: center; color: var(--ink); font-size: 15px; }
form.act input[type=checkbox] { min-height: 20px; width: 20px; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0; background: var(--paper);
  border: 1px solid var(--line); border-radius: 8px; margin: 0 0 12px; }
.sides > div { padding: 10px 16px; min-width: 0; }
.sides > div + div { border-left: 1px solid var(--line); }
.sides h3 { font-size: 13px; color: var(--ink-2); font-weight: 500; margin: 0 0 4px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0 0 8px; }
dt { color: var(--ink-2); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (prefers-contrast: more) { :root { --ink-2: #1d2733; --line: #566273; --action: #003f7d; } }
"""
