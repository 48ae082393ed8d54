import { createHash } from 'node:crypto';
import { Markup } from './html.js';

/** The style of all public pages. It stands in the page itself, so nothing else is fetched. */
const STYLE = `
:root{--ink:#1c1917;--soft:#57534e;--line:#e2ded8;--paper:#fff;--ground:#f6f4f0;--seal:#9b1c1c;
--good:#0a6638;--good-bg:#e9f5ee;--wait:#0b4f8f;--wait-bg:#e9f2fb;--bad:#a31616;--bad-bg:#fdeeee;--open:#7a4a00;--open-bg:#fff4de;--mute:#57534e;--mute-bg:#f0eeea}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.65 -apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
html:lang(en) body{font-family:-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
h1,h2,h3,p,dl,dd,ol,ul{margin:0;padding:0}
h2{font-size:1.125rem;line-height:1.4}
h3{font-size:1rem;line-height:1.5}
a{color:#8c1818;text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid #0b4f8f;outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem 1rem;z-index:1}
.wrap{max-width:66rem;margin:0 auto;padding:0 1rem}
.top{background:var(--paper);border-bottom:1px solid var(--line)}
.top .wrap{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:3.75rem}
.brand{display:flex;align-items:center;gap:.65rem;color:inherit;text-decoration:none;line-height:1.2}
.brand strong{display:block;font-size:1.0625rem;letter-spacing:.01em}
.brand span span{font-size:.8125rem;color:var(--soft)}
.chop{width:2.1rem;height:2.1rem;flex:none}
.lang{padding:.5rem .25rem;white-space:nowrap}
main.wrap{padding-top:1.25rem;padding-bottom:2.5rem}
main>*+*,.stack>*+*{margin-top:1.25rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem}
.card>*+*{margin-top:.9rem}
.note{color:var(--soft);font-size:.9375rem}
.icon{width:1.5rem;height:1.5rem;flex:none;color:inherit}
.disc{fill:currentColor}
.stroke{fill:none;stroke:#fff;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.dot{fill:#fff}
.valid,.holds{--c:var(--good);--b:var(--good-bg)}
.pending{--c:var(--wait);--b:var(--wait-bg)}
.not-valid,.fails{--c:var(--bad);--b:var(--bad-bg)}
.cannot-tell,.unknown{--c:var(--open);--b:var(--open-bg)}
.not-applicable{--c:var(--mute);--b:var(--mute-bg)}
.verdict{display:flex;gap:1.1rem;align-items:flex-start;background:var(--b);border:1px solid var(--c);border-left-width:.5rem;border-radius:.75rem;padding:1.25rem}
.verdict>.icon{width:3.25rem;height:3.25rem;color:var(--c);margin-top:.15rem}
.verdict h1,.verdict h2{font-size:1.75rem;line-height:1.25;color:var(--c);overflow-wrap:anywhere}
.verdict .lead{font-size:1.0625rem;margin-top:.35rem}
.verdict .why{margin:.5rem 0 0 1.2rem}
.verdict .why li+li{margin-top:.35rem}
.verdict .when{margin-top:.65rem;color:#44403c;font-size:.9375rem}
.eyebrow{font-size:.875rem;color:#44403c}
.sample{display:flex;gap:.6rem;align-items:center;background:#fff;border:2px dashed var(--seal);color:#7f1515;border-radius:.75rem;padding:.6rem 1rem;font-weight:600}
.columns{display:grid;gap:1.25rem}
.columns>*{min-width:0}
.rows>div{padding:.6rem 0;border-top:1px solid var(--line)}
.rows>div:first-child{border-top:0;padding-top:0}
.rows>div:last-child{padding-bottom:0}
.rows dt{color:var(--soft);font-size:.875rem}
.rows dd{overflow-wrap:anywhere}
.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono",monospace;font-size:.875rem;line-height:1.5}
.facts{list-style:none}
.facts li{display:flex;gap:.8rem;padding:.8rem 0;border-top:1px solid var(--line)}
.facts li:first-child{border-top:0;padding-top:0}
.facts li:last-child{padding-bottom:0}
.facts li>div{min-width:0}
.mono{overflow-wrap:anywhere}
.facts .icon{color:var(--c);margin-top:.1rem}
.facts h3{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline}
.badge{font-size:.8125rem;font-weight:600;color:var(--c);background:var(--b);border-radius:1rem;padding:.05rem .6rem}
.steps{list-style:none;counter-reset:s;display:grid;gap:1rem}
.steps li{counter-increment:s;position:relative;padding-left:2.5rem}
.steps li::before{content:counter(s);position:absolute;left:0;top:.05rem;width:1.75rem;height:1.75rem;border:2px solid var(--seal);border-radius:.35rem;color:var(--seal);font-weight:700;text-align:center;line-height:1.5rem}
.honest{border-left:.5rem solid var(--seal)}
.actions{display:flex;flex-wrap:wrap;gap:.75rem}
.button,button{font:inherit;font-weight:600;display:inline-block;min-height:2.9rem;padding:.6rem 1.25rem;border-radius:.5rem;border:2px solid var(--seal);background:var(--seal);color:#fff;text-decoration:none;cursor:pointer}
.button:hover,button:hover{background:#7f1515;border-color:#7f1515}
.button.quiet{background:transparent;color:#8c1818}
.button.quiet:hover{background:#fff}
label{display:block;font-weight:600}
input{font:inherit;width:100%;margin:.35rem 0 1rem;padding:.65rem .75rem;border:1px solid #78716c;border-radius:.5rem;background:#fff;color:inherit}
input[type=file]{border-style:dashed;background:var(--ground);padding:1rem .75rem}
input[aria-invalid]{border:2px solid var(--bad)}
.hint{color:var(--soft);font-size:.9375rem}
.error{color:var(--bad);font-weight:600;margin-top:.25rem}
.out-of-force{margin:1rem 0 0;padding:1rem 1.25rem;border:3px solid var(--bad);border-radius:.75rem;background:#fff;font-size:1.75rem;text-align:center;letter-spacing:.1em}
.intro h1{font-size:1.75rem;line-height:1.3}
.intro p{margin-top:.35rem;color:#44403c}
.file{overflow-wrap:anywhere}
.report+.report{margin-top:2rem;padding-top:2rem;border-top:2px solid var(--line)}
footer{border-top:1px solid var(--line);padding:1.25rem 0 2rem;color:var(--soft);font-size:.9375rem}
[hidden]{display:none!important}
.scripted #file-form{display:none}
.verdict h3{font-size:1.75rem;line-height:1.25;color:var(--c);overflow-wrap:anywhere}
.verdict h3:focus{outline:0}
.block{border:2px solid var(--line);border-radius:1rem;padding:1rem;background:#fbfaf8}
.block-title{font-size:1.25rem}
.service-says{border-style:dashed}
.said{display:flex;gap:.8rem;align-items:flex-start}
.said .icon,.result .icon{color:var(--c)}
.facts h4{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;margin:0;font-size:1rem;line-height:1.5}
.drop{border:2px dashed #78716c;border-radius:.75rem;background:var(--ground);padding:1rem}
.drop.over{border-color:var(--seal);background:#fff}
.drop p{font-weight:600}
.pick{position:relative;margin-top:.6rem}
.pick input{position:absolute;width:1px;height:1px;margin:0;padding:0;border:0;opacity:0;overflow:hidden}
.pick input:focus-visible+label{outline:3px solid #0b4f8f;outline-offset:2px}
.scripted #forms{grid-template-columns:minmax(0,1fr)}
textarea{font:inherit;width:100%;margin:.35rem 0 1rem;padding:.65rem .75rem;border:1px solid #78716c;border-radius:.5rem;background:#fff;color:inherit}
textarea.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.875rem}
button.quiet{background:transparent;color:#8c1818}
button.quiet:hover{background:#fff}
button.small{min-height:2.25rem;padding:.25rem .75rem;white-space:nowrap}
summary{cursor:pointer;font-weight:600;padding:.35rem 0}
details.kind{border-top:1px solid var(--line);padding-top:.5rem}
details.kind form{padding-top:.75rem}
.progress:empty,.stage:empty{display:none}
.stage video{width:100%;max-height:60vh;border-radius:.5rem;background:#000}
.chips{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}
.chips legend{padding:0 0 .35rem;font-weight:600}
.chip{display:flex;gap:.4rem;align-items:center;border:1px solid var(--c);color:var(--c);background:var(--b);border-radius:2rem;padding:.35rem .9rem}
.chip input{width:auto;margin:0}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.6rem .75rem;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-size:.875rem;white-space:nowrap}
tbody th{font-weight:600}
th .badge{display:table;margin-top:.25rem;border-radius:.35rem}
.result{display:inline-flex;gap:.4rem;color:var(--c);font-weight:600}
.ticks{border:1px solid var(--line);border-radius:.5rem;margin:.75rem 0;padding:.5rem 1rem .75rem}
.ticks legend{padding:0 .4rem}
.tick{display:flex;gap:.6rem;align-items:baseline;font-weight:400;padding:.3rem 0}
legend .tick{font-weight:600}
.tick input{width:1.15rem;height:1.15rem;margin:0;flex:none;align-self:flex-start;margin-top:.25rem}
.tick span{min-width:0;overflow-wrap:anywhere}
.hidden-fields{border-left:.35rem solid var(--open);background:var(--open-bg);border-radius:.35rem;padding:.6rem 1rem}
.printed{display:none}
.command{max-height:11rem;overflow:auto;margin:.5rem 0;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);white-space:pre-wrap;overflow-wrap:anywhere}
.materialise [role=status]:empty{display:none}
button:disabled{opacity:.55;cursor:default}
.map{width:100%;max-width:22rem;display:block;background:#fff;border:1px solid var(--line);border-radius:.5rem}
.map-parcel{fill:#f6e3e3;stroke:#9b1c1c;stroke-width:2}
.map-point{fill:#9b1c1c}
.map-bar{fill:none;stroke:#1c1917;stroke-width:1.5}
.map-text{font-size:12px;fill:#1c1917}
@media (max-width:40rem){
.block{padding:.75rem}
.verdict{flex-direction:column;gap:.5rem}
.pile thead{display:none}
.pile table,.pile tbody,.pile tr,.pile th,.pile td{display:block;border:0;padding:.15rem 0}
.pile tr{border-top:1px solid var(--line);padding:.75rem 0}
.pile td[data-label]::before{content:attr(data-label) "：";color:var(--soft)}
}
@media (min-width:56rem){
.columns{grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}
.verdict{padding:1.75rem;gap:1.5rem}.verdict>.icon{width:4.25rem;height:4.25rem}
.verdict h1,.intro h1{font-size:2.125rem}
.card{padding:1.5rem}
.rows>div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1rem;align-items:baseline}
.rows dt{font-size:.9375rem}
.steps{grid-template-columns:repeat(3,1fr);gap:1.5rem}
}
@media (prefers-reduced-motion:no-preference){a,button,.button{transition:background-color .15s}}
@page{margin:13mm}
@media print{
body{background:#fff;font-size:10.5pt;line-height:1.45}
.lang,.actions,.skip,form,.drop,.nodes,button,.chips,.stage,input{display:none}
.top,.card,footer{border-color:#999}
.verdict,.sample,.facts li,.rows>div{break-inside:avoid}
h2,h3{break-after:avoid}
.wrap{padding:0}.block{border:0;padding:0}.facts li,.rows>div{padding:.3rem 0}.rows>div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1rem}
main.wrap{padding:.5rem 0}.card,.verdict{padding:.75rem}main>*+*,.columns{margin-top:.6rem;gap:.6rem}
.disc{fill:#fff;stroke:#000;stroke-width:1.5}.stroke{stroke:#000}.dot{fill:#000}
.disclose,.materialise,#forms,[aria-labelledby=scan-title],[aria-labelledby=own-title],[aria-labelledby=by-number],.scripted .intro,.fields:not([open]){display:none}
.reporting main>*:not(#verifier),.reporting #verifier>*:not(.results),.reporting .pile>*:not(.printed),.reporting footer{display:none}
.reporting .pile{border:0;padding:0}
.reporting .printed{display:block}
.printed table,.printed tbody,.printed tr,.printed td{display:revert;padding:revert}
.printed tr,.printed thead{break-inside:avoid}
.printed thead{display:table-header-group}
.printed th,.printed td{padding:.25rem .4rem;border:1px solid #999;font-size:8.5pt;overflow-wrap:anywhere}
.printed td:nth-child(3),.printed td:nth-child(4),.printed td:nth-child(6){white-space:nowrap}
.printed td:nth-child(6){text-align:right}
.printed .mono{font-size:6pt;line-height:1.3}
.printed-head{margin:.5rem 0}
.printed-head>div{display:grid;grid-template-columns:17rem 1fr;gap:.5rem;font-size:9pt}
.printed>p{margin:.5rem 0;font-size:9pt}
.printed>.printed-title{font-size:16pt;font-weight:700}
}
`.trim();

export const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

/** How the content security policy names this style, and no other. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
