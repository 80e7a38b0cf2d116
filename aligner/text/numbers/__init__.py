"""Numbers of a text by value, and whether a text and its translation have the same ones.

`3217万` is `32.17 million`, `百分之六点三` is `6.3 percent`, `11月25日` is `Nov. 25`, `二〇二四年` is `2024`. The
rules of `find_quantities`, all by regular expressions:

- Precision first: a lone 一 or `one` is not reported, a lone 百/千/万/亿 neither (百姓, 千万别, 万科). A number of one
  Chinese character is reported only before a measure word (三个, 五大, 两国), so 三亚, 四川, 十分 are not.
- Vague amounts are not reported: 数十, 几百, 上万, 十余, 三五个, `tens of thousands`, `dozens`; 三百余
  and `over 300` are 300.
- Codes are not numbers: `COVID-19`, `A320`, `5G`, `3.2.1`; nor is 9/11.
- Some expressions have a second reading (`other`): `5m` five million or five metres, 50% and 0.5, 3 p.m. 15 and 3,
  90年代 90 and 1990, the 1 of `1-2 million` a million and one, 七五折 25 and 75, 增长2倍 2 and 3.

`compare_quantities` looks more closely: converted units (`units`) and numbers inside words (`mentions`: `twice`,
`centenary`, 双, 首, 翻番) explain what the grammars above leave unmatched.
"""

from aligner.text.numbers.compare import Comparison, compare_quantities
from aligner.text.numbers.find import find_quantities
from aligner.text.numbers.quantity import Quantity, QuantityKind

__all__ = ["Comparison", "Quantity", "QuantityKind", "compare_quantities", "find_quantities"]
