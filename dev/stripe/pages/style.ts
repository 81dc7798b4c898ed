import { raw } from 'hono/html'

export const style = raw(`
:root{color-scheme:light dark;
--void:light-dark(#f5f7f9,#0a0e14);--panel:light-dark(#fff,#10161f);--raised:light-dark(#eef2f5,#18202c);
--line:light-dark(#dfe5eb,#212c3a);--line-strong:light-dark(#8494a5,#5b6d83);
--text:light-dark(#0f1b28,#e8eef6);--muted:light-dark(#506072,#9aabc0);
--teal:light-dark(#0b7d71,#2dd4bf);--amber:light-dark(#8f5b00,#f6bd58);--red:light-dark(#b3261e,#ff7b72);
--go:light-dark(#0b7d71,#2dd4bf);--on-go:light-dark(#fff,#06231f);
--mono:ui-monospace,"SF Mono","JetBrains Mono","Cascadia Code",Menlo,Consolas,"Liberation Mono",monospace;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
*{box-sizing:border-box}
body{margin:0;background:var(--void);color:var(--text);font:15px/1.5 var(--sans)}
a{color:inherit}
:focus-visible{outline:2px solid var(--teal);outline-offset:2px;border-radius:6px}
.banner{margin:0;padding:10px clamp(16px,4vw,40px);background:light-dark(#fbe7c2,#33260c);color:light-dark(#5f3c00,#ffd58a);font-size:13.5px;display:flex;flex-wrap:wrap;gap:2px 12px}
.banner b{font:600 12px/1.7 var(--mono);letter-spacing:.06em;text-transform:uppercase}
main{padding:clamp(24px,5vw,64px) clamp(16px,4vw,40px) 64px;max-width:1040px;margin:0 auto}
h1,h2{letter-spacing:-.01em;line-height:1.3;margin:0;overflow-wrap:anywhere}
h1{font-size:22px;font-weight:620}h2{font-size:17px;font-weight:600}
.checkout{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:clamp(28px,6vw,88px);align-items:start}
.what h1{color:var(--muted);font-size:16px;font-weight:540}
.amount{font-size:42px;font-weight:660;letter-spacing:-.03em;line-height:1.15;margin:4px 0 0;overflow-wrap:anywhere}
.what ul{list-style:none;margin:24px 0 0;padding:0;border-top:1px solid var(--line)}
.what li{display:flex;justify-content:space-between;gap:18px;padding:12px 0;border-bottom:1px solid var(--line)}
.what li span:first-child{overflow-wrap:anywhere}.what li span:last-child{white-space:nowrap;font-variant-numeric:tabular-nums}
.how,.notice,.card{background:var(--panel);border:1px solid var(--line);border-radius:14px}
.how{padding:26px;display:grid;gap:12px}
.field{margin:0 0 6px;display:grid;gap:5px}
label{font-size:13.5px;font-weight:560}
input{font:inherit;width:100%;min-height:44px;padding:9px 12px;border-radius:9px;border:1px solid var(--line-strong);background:var(--panel);color:var(--text)}
button,.btn{font:600 15px/1.3 var(--sans);min-height:52px;padding:9px 16px;border-radius:10px;border:1px solid transparent;background:var(--go);color:var(--on-go);cursor:pointer;text-align:left;display:flex;justify-content:space-between;gap:4px 14px;align-items:center;flex-wrap:wrap;text-decoration:none}
button:hover{filter:brightness(1.06)}
button.quiet,.btn{background:var(--panel);color:var(--text);border-color:var(--line-strong)}
button.quiet:hover,.btn:hover{background:var(--raised);filter:none}
button small{font:500 12.5px var(--mono)}
.quiet small{color:var(--muted)}
.problem{margin:0;padding:10px 14px;border-radius:9px;border:1px solid color-mix(in srgb,var(--red) 45%,transparent);background:color-mix(in srgb,var(--red) 8%,transparent);color:var(--red);font-weight:560}
.notice{max-width:560px;margin:0 auto;padding:34px clamp(20px,5vw,40px)}
.notice>p{color:var(--muted);margin:8px 0 0}
.notice .what{margin-top:28px}
.top{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin:0 0 28px}
.top form:first-of-type{margin-left:auto}
.card{margin:10px 0 34px;overflow:hidden}
.card ul{list-style:none;margin:0;padding:0}
.card li{display:grid;grid-template-columns:116px minmax(0,1fr) auto;gap:6px 18px;align-items:center;padding:13px 16px}
.card li+li{border-top:1px solid var(--line)}
.card .sum{font-weight:620;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.about{min-width:0;display:flex;flex-wrap:wrap;gap:3px 12px;align-items:center}
.line{flex-basis:100%}
.about b{font-weight:560;overflow-wrap:anywhere}
code,time{font:12.5px var(--mono);color:var(--muted);overflow-wrap:anywhere}
.deeds{display:flex;flex-wrap:wrap;gap:8px;justify-content:flex-end}
.deeds button,.deeds .btn,.top button{font-size:13.5px;min-height:38px;padding:6px 12px}
.tag{font:500 11px/1 var(--mono);letter-spacing:.04em;padding:4px 6px;border-radius:6px;border:1px solid color-mix(in srgb,currentColor 35%,transparent);background:color-mix(in srgb,currentColor 8%,transparent);white-space:nowrap}
.teal{color:var(--teal)}.amber{color:var(--amber)}.red{color:var(--red)}.muted{color:var(--muted)}
.none{margin:0;padding:26px 16px;color:var(--muted)}
@media(max-width:760px){
.checkout{grid-template-columns:minmax(0,1fr)}
.amount{font-size:36px}
.how{padding:20px}
.top form:first-of-type{margin-left:0}.top h1{width:100%}
.card li{grid-template-columns:minmax(0,1fr)}
.deeds{justify-content:flex-start}}
`)
