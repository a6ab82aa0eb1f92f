using System.Collections.Frozen;

namespace Tributary.Core.Kernel;

/// <summary>
/// What a lower-case character is folded to. With InvariantGlobalization, string.Normalize returns anything as it came, so
/// the compatibility decompositions (Unicode NFKD) of Latin, Greek, Cyrillic, Hebrew, Arabic and the letter-like symbols
/// are written out here, without their accents, and beside them the letters people search by another: ß, ł, ø, đ, æ, œ, ı, þ.
/// </summary>
internal static class FoldingTable
{
    /// <summary>Pairs of a spelling and all the characters folded to it.</summary>
    private const string Pairs = """
        ! ！  " ＂  # ＃  $ ＄  % ％  & ＆  ' ＇  ( ⁽₍（  ) ⁾₎）  * ＊  + ⁺₊＋  , ，  - －  . ․．  / ／  0 ⁰₀０  0⁄3 ↉  1 ¹₁①１  10 ⑩
        11 ⑪  12 ⑫  13 ⑬  14 ⑭  15 ⑮  16 ⑯  17 ⑰  18 ⑱  19 ⑲  1⁄ ⅟  1⁄10 ⅒  1⁄2 ½  1⁄3 ⅓  1⁄4 ¼  1⁄5 ⅕  1⁄6 ⅙  1⁄7 ⅐
        1⁄8 ⅛  1⁄9 ⅑  2 ²₂②２  20 ⑳  2⁄3 ⅔  2⁄5 ⅖  3 ³₃③３  3⁄4 ¾  3⁄5 ⅗  3⁄8 ⅜  4 ⁴₄④４  4⁄5 ⅘  5 ⁵₅⑤５  5⁄6 ⅚  5⁄8 ⅝
        6 ⁶₆⑥６  7 ⁷₇⑦７  7⁄8 ⅞  8 ⁸₈⑧８  9 ⁹₉⑨９  : ：  ; ;；  < ＜  = ⁼₌＝  > ＞  ? ？  @ ＠  [ ［  \ ＼  ] ］  ^ ＾  _ ＿  ` `｀
        a ªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặₐａ  b ḃḅḇℬｂ  c çćĉċčḉℂℭⅽｃ  d ðďđḋḍḏḑḓⅅⅆⅾｄ  e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệₑℯℰⅇｅ
        f ḟℱｆ  g ĝğġģǧǵḡℊｇ  h ĥħȟʰḣḥḧḩḫẖₕℋℌℍℎℏｈ  i ìíîïĩīĭįİıǐȉȋḭḯỉịⁱℐℑℹⅈⅰｉ  j ĵǰʲⅉｊ  k ķǩḱḳḵₖｋ  l ĺļľłˡḷḹḻḽₗℒℓⅼｌ
        m ḿṁṃₘℳⅿｍ  n ñńņňǹṅṇṉṋⁿₙℕｎ  o ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợₒℴｏ  p ṕṗₚℙｐ  q ℚｑ  r ŕŗřȑȓʳṙṛṝṟℛℜℝｒ
        s śŝşšſșˢṡṣṥṧṩẛₛｓ  t ţťŧțṫṭṯṱẗₜｔ  u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựｕ  v ṽṿⅴｖ  w ŵʷẁẃẅẇẉẘｗ  x ˣẋẍₓⅹｘ
        y ýÿŷȳʸẏẙỳỵỷỹｙ  z źżžẑẓẕℤℨｚ  { ｛  | ｜  } ｝  ~ ～  · ·  ə ₔ  ɛ ℇ  ɣ ˠ  ɦ ʱ  ɹ ʴ  ɻ ʵ  ʁ ʶ  ʒ ǯ  ʕ ˤ  ʹ ʹ
        α άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ  β ϐ  γ ℽℾ  ε έϵἐἑἒἓἔἕὲέ  η ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ  θ ϑ  ι ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ
        κ ϰ  μ µ  ο όὀὁὂὃὄὅὸό  π ϖℼℿ  ρ ϱῤῥ  σ ςϲ  υ ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ  φ ϕ  ω ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ  а ӑӓ
        г ѓ  е ѐёӗ  ж ӂӝ  з ӟ  и йѝӣӥ  к ќ  о ӧ  у ўӯӱӳ  ч ӵ  ы ӹ  э ӭ  і ї  ѵ ѷ  ә ӛ  ө ӫ  א ℵ  ב ℶ  ג ℷ  ד ℸ  ا آأإ
        و ؤ  ي ئ  ہ ۂ  ے ۓ  ە ۀ  ‐ ‑  ∑ ⅀  − ⁻₋  !! ‼  !? ⁉  .. ‥  ... …  ?! ⁈  ?? ⁇  a/c ℀  a/s ℁  ae æǣǽ  aʾ ẚ
        c/o ℅  c/u ℆  dz ǆǳ  fax ℻  ff ﬀ  ffi ﬃ  ffl ﬄ  fi ﬁ  fl ﬂ  ii ⅱ  iii ⅲ  ij ĳ  iv ⅳ  ix ⅸ  lj ǉ  l· ŀ  nj ǌ
        no №  oe œ  rs ₨  sm ℠  ss ß  st ﬅﬆ  tel ℡  th þ  tm ™  vi ⅵ  vii ⅶ  viii ⅷ  xi ⅺ  xii ⅻ  °c ℃  °f ℉  ʼn ŉ
        եւ և  اٴ ٵ  وٴ ٶ  يٴ ٸ  ۇٴ ٷ  ′′ ″  ′′′ ‴  ′′′′ ⁗  ‵‵ ‶  ‵‵‵ ‷
        """;

    public static readonly FrozenDictionary<char, string> Spellings = Read();

    private static FrozenDictionary<char, string> Read() => Pairs
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .SelectMany(pair => pair[1].Select(character => KeyValuePair.Create(character, pair[0])))
        .ToDictionary()
        .ToFrozenDictionary();
}
