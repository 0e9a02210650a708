// SPDX-License-Identifier: MIT
// Formulas as people paste them: LaTeX, look-alikes of signs and letters, decimal commas; and what is said of how a
// formula was read.
#include <span>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "tests/autodiff/notation.h"
#include "tests/autodiff/random_formulas.h"
#include "tests/support/bytes.h"

using namespace descent;
using autodiff::Expression;
using test::means;
using test::notes_say;
using test::Pair;
using test::parsed;
using test::refusal;
using test::same;

TEST_CASE("LaTeX") {
  for (const Pair& pair : std::vector<Pair>{{R"(\frac{x^2}{a} + \frac{y}{2})", "x^2/a + y/2"},
                                            {R"(\frac{1}{2}x^{2})", "1/2*x^2"},
                                            {R"(\frac12x + \frac xy)", "1/2*x + x/y"},
                                            {R"(\frac{\frac{x}{2}}{y})", "x/2/y"},
                                            {R"(\sqrt{x^2+y^2})", "sqrt(x^2+y^2)"},
                                            {R"(\sqrt x + \sqrt2x)", "sqrt(x) + sqrt(2)*x"},
                                            {R"(2\cdot x\times y\div 3)", "2*x*y/3"},
                                            {R"(x^{2}y^{10})", "x^2*y^10"},
                                            {R"(e^{-x^2-y^2})", "e^(-x^2-y^2)"},
                                            {R"(\sin x\cos y + \sin\left(x\right))", "sin(x)*cos(y) + sin(x)"},
                                            {R"(\sin^2 x + \cos^{2}(y))", "sin(x)^2 + cos(y)^2"},
                                            {R"(\sin{x})", "sin(x)"},
                                            {R"(\left|x\right| + \lvert y\rvert)", "abs(x) + abs(y)"},
                                            {R"(\left(x + 1\right)^{2})", "(x + 1)^2"},
                                            {R"(\alpha x + \theta y)", "alpha*x + theta*y"},
                                            {R"(2\pi\,x)", "2*pi*x"},
                                            {R"(\mathrm{e}^x + \operatorname{relu}(y))", "e^x + relu(y)"},
                                            {R"(\log_{10}(x) + \log_2 y)", "log10(x) + log2(y)"},
                                            {R"(\max\{x, y\})", "max(x, y)"},
                                            {R"($x^2 + y^2$)", "x^2 + y^2"},
                                            {R"(\( x \quad y \))", "x*y"},
                                            {R"(f\left(x,y\right)=\exp\left(-\frac{x^2}{2}\right))", "exp(-(x^2/2))"},
                                            {R"(x_{1}^{2}+x_{2}^{2})", "x^2 + y^2"}})
    means(pair);
  CHECK(refusal(R"(\sqrt[3]{x})").find("(…)^(1/3)") != std::string::npos);
  CHECK(refusal(R"(x + \foo{y})").starts_with(R"(column 5: '\foo' is no command)"));
  CHECK(refusal(R"(\frac{x})").find(R"(\frac takes 2 arguments; it has 1)") != std::string::npos);
  CHECK(refusal(R"(\frac + x)").starts_with("column 1: a fraction has two parts in braces"));
  CHECK(refusal(R"(x^{2)").find("'}' expected: the '{' at column 3 is still open") != std::string::npos);
  CHECK(refusal("(x]").starts_with("column 3: ')' expected: the '(' at column 1"));
}

TEST_CASE("look-alikes are read") {
  for (const Pair& pair : std::vector<Pair>{
           {"x\u2009+\u202Fy\u3000+\u200B1\uFEFF", "x + y + 1"},  // thin, narrow, ideographic, zero width, mark
           {"\uFEFFx^2", "x^2"},
           {"x – y — 1 ‐ 2 ‑ 3 − 4", "x - y - 1 - 2 - 3 - 4"},
           {"x∗y∙2⋅3•4", "x*y*2*3*4"},
           {"（ｘ＋２）＾２", "(x+2)^2"},
           {"𝑥² + 𝐲²", "x^2 + y^2"},
           {"𝜋𝑥", "pi*x"},
           {"хˆ2 + у", "x^2 + y"},  // Cyrillic letters, a circumflex
           {"x⁄2 ∕ y", "x/2/y"},
           {"x\u0302 2", "x^2"},
           {"x^2 + y^2.", "x^2 + y^2"},
           {"x^2 + y^2,", "x^2 + y^2"},
           {"½x + ¾", "1/2*x + 3/4"},
           {"2½ x", "(2 + 1/2)*x"},
           {"θ*x + λ*y", "θ*x + λ*y"},
           {"θx + λ₁y", "θ*x + λ_1*y"},
           {"ϕ*x + µ", "φ*x + μ"}})
    means(pair);
  CHECK(parsed("θ*x + λ*y").parameters() == std::vector<std::string>{"θ", "λ"});
  CHECK_FALSE(parsed("θ*x + λ*y − 2·x²").reads_otherwise());
}

TEST_CASE("what cannot be read is named by what it is") {
  CHECK(refusal("x + ∛y") == "column 5: the cube root sign U+221B has no meaning in a formula");
  CHECK(refusal("30°*x") == "column 3: the degree sign '°' has no meaning in a formula");
  CHECK(refusal("x < ∞").starts_with("column 3: '<'"));
  CHECK(refusal("x + ∞").find("infinity sign") != std::string::npos);
  CHECK(refusal("“x”").find("the quotation mark '“'") != std::string::npos);
  CHECK(refusal("x😀").starts_with("column 2: the character U+1F600"));
  CHECK(refusal("x + 中").starts_with("column 5: the character U+4E2D"));
  CHECK(refusal("x:2").find("a quotient is written with /") != std::string::npos);
  CHECK(refusal("1_000*x") == "column 1: a number is written without '_' in it");
  CHECK(refusal("x!").starts_with("column 2: '!'"));
}

TEST_CASE("decimal commas") {
  CHECK(refusal("0,5*x") == "column 2: a number is written with a point: 0.5 in place of 0,5");
  CHECK(refusal("(1,25 + x)").starts_with("column 3: a number is written with a point: 1.25"));
  CHECK(refusal("1,000*x").find("1.000 in place of 1,000") != std::string::npos);
  means({"max(0,5*x, y)", "max(0, 5*x, y)"});
  CHECK(notes_say("max(0,5*x, y)", "if 0,5 is a number, write 0.5"));
  CHECK(parsed("max(0, 5*x)").notes().empty());
  CHECK(parsed("max(x,5)").notes().empty());
  CHECK(refusal("pow(0,5*x, 2)").find("if 0,5 is a number, write 0.5") != std::string::npos);
  means({"max(0,5*x; y)", "max(0.5*x, y)"});  // where a semicolon parts the arguments
  means({"0,5*x + min(x; 1,5; y)", "0.5*x + min(x, 1.5, y)"});
}

TEST_CASE("a number behind a value is a lost sign, and no product") {
  CHECK(refusal("x 2").find("a product is written x*2, a power x^2") != std::string::npos);
  CHECK(refusal("(x + 1)2").starts_with("column 8: an operator is missing before '2'"));
  CHECK(refusal("1 000*x").find("an operator is missing") != std::string::npos);
  CHECK(refusal("1.2.3").starts_with("column 4: an operator is missing before '.3'"));
}

TEST_CASE("where two readings are possible the one taken is said") {
  CHECK(notes_say("1/2x", "1/2x is read as (1/2)·x; the other meaning is written 1/(2·x)"));
  CHECK(notes_say("x/y z", "x/y z is read as (x/y)·z; the other meaning is written x/(y·z)"));
  CHECK(notes_say("e^2x", "e^2x is read as (e^2)·x"));
  CHECK(notes_say("2^xy", "2^xy is read as (2^x)·y"));
  CHECK_FALSE(notes_say("x^2y", "is read as (x^2)"));
  CHECK(parsed("x/2*y").notes().empty());
}

TEST_CASE("a formula is shown as it was understood") {
  const auto reading = [](std::string_view text) { return parsed(text).reading(); };
  CHECK(reading("2xy") == "2·x·y");
  CHECK(reading("1/2x") == "(1/2)·x");
  CHECK(reading("x/(2y)") == "x/(2·y)");
  CHECK(reading("sin² 2x") == "sin(2·x)²");
  CHECK(reading("-x^2 - -y") == "-x² - (-y)");
  CHECK(reading("(-x)^2") == "(-x)²");
  CHECK(reading("2^3^2") == "2^(3²)");
  CHECK(reading("x^-1 + x^y + x^0.5") == "x^(-1) + x^y + x^0.5");
  CHECK(reading("a-(b-c)-d") == "a - (b - c) - d");
  CHECK(reading("log x") == "ln(x)");
  CHECK(reading("|x1| + x2") == "abs(x) + y");
  CHECK(reading("min(x, y, 3)") == "min(x, y, 3)");
  CHECK(reading("\\frac{1}{x+y}") == "1/(x + y)");
  CHECK(reading("½x") == "(1/2)·x");
  for (const char* text : {"a*x^2 + abs(y - x)", "2·x − y²", "sqrt(x) + √(y)", "log(x)*pi", "x**2", "ln(x) + e"}) {
    CAPTURE(text);
    CHECK_FALSE(parsed(text).reads_otherwise());
  }
  for (const char* text :
       {"2x", "|x|", "sin x", "PI*x", "x1 + x2", "f(x) = x", "\\sin(x)", "arctan(x)", "{x}", "½*x"}) {
    CAPTURE(text);
    CHECK(parsed(text).reads_otherwise());
  }
}

TEST_CASE("readings of random formulas are formulas that read as themselves") {
  core::Rng rng(41);
  int compared = 0;
  for (int i = 0; i < 6000; ++i) {
    const test::Bytes bytes = test::random_bytes(rng, 30);
    const std::string text =
        i % 2 == 0 ? test::FormulaWriter(bytes).formula() : test::formula_of_words(std::span(bytes).first(10));
    const auto expression = Expression::parse(text);
    if (!expression.ok() || expression->reading().size() > autodiff::kMaxExpressionLength) continue;
    const auto again = Expression::parse(expression->reading());
    REQUIRE_MESSAGE(again.ok(), text, " -> ", expression->reading());
    REQUIRE_MESSAGE(same(*expression, *again), text, " -> ", expression->reading());
    REQUIRE_MESSAGE(again->reading() == expression->reading(), text);
    ++compared;
  }
  CHECK(compared > 2500);
}
