import { raw } from 'hono/html'

export const style = raw(`
:root{color-scheme:light dark;
--void:light-dark(#f5f7f9,#0a0e14);--panel:light-dark(#fff,#10161f);--raised:light-dark(#eef2f5,#18202c);
--line:light-dark(#dfe5eb,#212c3a);--line-strong:light-dark(#c3cdd7,#324154);
--text:light-dark(#0f1b28,#e8eef6);--muted:light-dark(#506072,#9aabc0);--dim:light-dark(#5d6c7d,#7f92a9);
--teal:light-dark(#0b7d71,#2dd4bf);--amber:light-dark(#8f5b00,#f6bd58);--red:light-dark(#b3261e,#ff7b72);
--mono:ui-monospace,"SF Mono","JetBrains Mono","Cascadia Code",Menlo,Consolas,"Liberation Mono",monospace;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
*{box-sizing:border-box}
body{margin:0;background:var(--void);color:var(--text);font:14.5px/1.5 var(--sans)}
a{color:inherit}
:focus-visible{outline:2px solid var(--teal);outline-offset:2px;border-radius:6px}
.bar{display:flex;gap:12px;align-items:center;padding:12px clamp(16px,3vw,36px);background:light-dark(#0c131c,#080c12);color:#c7d2df}
.bar a{color:#fff;font-weight:600;text-decoration:none;white-space:nowrap}
.bar p{margin:0 0 0 auto;font:500 12px/1.4 var(--mono);text-align:right}
main{padding:22px clamp(16px,3vw,36px) 60px;max-width:1180px;margin:0 auto}
h1{font-size:24px;line-height:1.25;letter-spacing:-.02em;margin:0;font-weight:640;overflow-wrap:anywhere}
h2,.label{font:500 11px/1.4 var(--mono);letter-spacing:.07em;text-transform:uppercase;color:var(--dim);margin:0}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:10px 14px;margin-bottom:18px}
.top form{display:flex;gap:8px;margin-left:auto}
input,.btn{font:inherit;min-height:38px;padding:7px 12px;border-radius:9px;border:1px solid var(--line-strong);background:var(--panel);color:var(--text)}
input{width:260px;min-width:0}
.btn{font-weight:560;font-size:13.5px;white-space:nowrap;cursor:pointer;text-decoration:none;display:inline-flex;align-items:center}
.btn:hover{background:var(--raised)}
.card{background:var(--panel);border:1px solid var(--line);border-radius:14px;overflow:hidden}
.mails{list-style:none;margin:0;padding:0}
.mails li+li{border-top:1px solid var(--line)}
.mails a{display:grid;grid-template-columns:minmax(150px,1fr) minmax(0,2fr) 84px auto;gap:2px 18px;align-items:center;padding:13px 16px;text-decoration:none}
.mails a:hover{background:var(--raised)}
.mails b{font-weight:600;overflow-wrap:anywhere}
.mails span,.mails b{min-width:0}
.cut{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.muted{color:var(--muted)}
time{font:12.5px var(--mono);color:var(--muted);white-space:nowrap}
.tag{font:500 11px/1 var(--mono);letter-spacing:.04em;padding:4px 6px;border-radius:6px;border:1px solid color-mix(in srgb,currentColor 35%,transparent);background:color-mix(in srgb,currentColor 8%,transparent);white-space:nowrap}
.teal{color:var(--teal)}.amber{color:var(--amber)}.red{color:var(--red)}
.empty{padding:56px 24px;text-align:center}
.empty h2{font:640 20px/1.3 var(--sans);letter-spacing:-.01em;text-transform:none;color:var(--text)}
.empty p{color:var(--muted);margin:6px auto 0;max-width:46ch}
.back{display:inline-block;margin-bottom:12px;color:var(--muted);text-decoration:none}
.back:hover{color:var(--text)}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);align-content:start;gap:5px 16px;margin:0}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
.warn{margin:0 0 16px;padding:10px 14px;border-radius:10px;border:1px solid color-mix(in srgb,var(--amber) 40%,transparent);color:var(--amber)}
.tabs{display:flex;flex-wrap:wrap;gap:8px 18px;padding:10px 12px;border-bottom:1px solid var(--line)}
.tabs nav{display:flex;gap:4px}
.tabs nav+nav{padding-left:18px;border-left:1px solid var(--line)}
.tabs a{padding:6px 11px;border-radius:99px;color:var(--muted);font-size:13.5px;text-decoration:none}
.tabs a[aria-current]{background:var(--raised);color:var(--text);font-weight:560}
.stage{background:var(--raised);display:flex;justify-content:center}
iframe{display:block;width:100%;height:max(520px,calc(100vh - 360px));border:0;background:light-dark(#fff,#0a0e14)}
iframe.phone{width:390px;max-width:100%;border-inline:1px solid var(--line-strong)}
iframe.light{color-scheme:light;background:#fff}iframe.dark{color-scheme:dark;background:#000}
pre{margin:0;padding:18px;white-space:pre-wrap;overflow-wrap:anywhere;font:13.5px/1.6 var(--mono);flex:1;background:var(--panel)}
pre.phone{flex:0 1 390px}
.head{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:14px 24px;align-items:start;margin:14px 0 18px}
.state{text-align:right}
.events{padding:14px 16px}
.events form{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0 0}
.events ul{list-style:none;margin:14px 0 0;padding:0;display:grid;gap:8px}
.events li{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center}
@media(max-width:700px){
.mails a{grid-template-columns:minmax(0,1fr) auto}
.head{grid-template-columns:minmax(0,1fr)}
.mails .subject{grid-column:1/-1;order:3}
.mails .state{order:2}.mails time{order:4;grid-column:1/-1}
.top form{margin-left:0;width:100%}.top input{flex:1}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}
.tabs nav+nav{padding-left:0;border-left:0}
.bar p{font-size:11px}}
`)
