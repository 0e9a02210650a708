// SPDX-License-Identifier: MIT
// Formulas as people type them: products without a sign, other names, functions without parentheses, words that are
// several in one; each against the same formula written with every sign.
#include <cmath>
#include <string>
#include <vector>

#include "engine/autodiff/program.h"
#include "tests/autodiff/notation.h"

using namespace descent;
using autodiff::Expression;
using test::means;
using test::notes_say;
using test::Pair;
using test::parsed;
using test::refusal;
using test::same;

namespace {

double value_at(std::string_view text, double x, double y) {
  return autodiff::Program(parsed(text), {}).evaluate(x, y);
}

}  // namespace

TEST_CASE("products without a sign") {
  for (const Pair& pair : std::vector<Pair>{{"2x", "2*x"},
                                            {"3 x", "3*x"},
                                            {"2(x+1)", "2*(x+1)"},
                                            {"(x+1)(y-2)", "(x+1)*(y-2)"},
                                            {"x(y+1)", "x*(y+1)"},
                                            {"a(x+1)", "a*(x+1)"},
                                            {"2 sin(x) y", "2*sin(x)*y"},
                                            {"x²y³", "x^2*y^3"},
                                            {"x^2y^3", "x^2*y^3"},
                                            {"2π", "2*pi"},
                                            {"2pi x", "2*pi*x"},
                                            {"2xy", "2*x*y"},
                                            {"xy", "x*y"},
                                            {"xyx", "x*y*x"},
                                            {"x y", "x*y"},
                                            {"-2x", "-2*x"},
                                            {"2x^2 - 3xy + 4y^2", "2*x^2 - 3*x*y + 4*y^2"},
                                            {"2^3x", "2^3*x"},
                                            {"1/2x", "1/2*x"},
                                            {"2x*3y", "2*x*3*y"},
                                            {"x^-2y", "x^-2*y"},
                                            {"2e", "2*e"},
                                            {"2e3x", "2e3*x"},
                                            {"3e-x", "3*e-x"},
                                            {"xe^(-x^2-y^2)", "x*e^(-x^2-y^2)"},
                                            {"2xe^y", "2*x*e^y"},
                                            {"πx", "pi*x"},
                                            {"αx² + βy²", "α*x^2 + β*y^2"},
                                            {"ax^2 + by^2 + cxy", "a*x^2 + b*y^2 + c*x*y"},
                                            {"2ax + x", "2*a*x + x"},
                                            {"(x)(y)(2)", "x*y*2"},
                                            {"x²(y)", "x^2*y"},
                                            {"[x + 1]{y - 2}", "(x + 1)*(y - 2)"}})
    means(pair);
}

TEST_CASE("negative control: other readings are told apart") {
  CHECK_FALSE(same(parsed("2xy"), parsed("2*x^y")));
  CHECK_FALSE(same(parsed("1/2x"), parsed("1/(2*x)")));
  CHECK_FALSE(same(parsed("sin 2x"), parsed("sin(2)*x")));
}

TEST_CASE("coordinates by other names") {
  for (const Pair& pair : std::vector<Pair>{{"x1^2 + x2^2", "x^2 + y^2"},
                                            {"x_1^2 + x_2^2", "x^2 + y^2"},
                                            {"x₁² + x₂²", "x^2 + y^2"},
                                            {"x_{1}^{2} + x_{2}^{2}", "x^2 + y^2"},
                                            {"x[0]**2 + x[1]**2", "x^2 + y^2"},
                                            {"x(1)^2 + x(2)^2", "x^2 + y^2"},
                                            {"x(2) + y(1)", "x*2 + y*1"},
                                            {"x0^2 + 2*x1^2", "x^2 + 2*y^2"},
                                            {"X1*X2", "x*y"},
                                            {"x1x2 + 3x2", "x*y + 3*y"},
                                            {"sinx1 + cosx2", "sin(x) + cos(y)"},
                                            {"x1^2 + y1^2", "x^2 + y^2"},
                                            {"X^2 + Y^2", "x^2 + y^2"},
                                            {"f(u, v) = u^2 + 3v", "x^2 + 3*y"},
                                            {"f(x1, x2) = x1*x2", "x*y"},
                                            {"f(x, t) = x + 2*t", "x + 2*y"},
                                            {"g(t) = t^2 + a", "x^2 + a"}})
    means(pair);
  CHECK(value_at("x1^2 + x2^2", 3, 5) == 34);
  CHECK(notes_say("x1^2 + x2^2", "x1 and x2 are read as x and y"));
  CHECK(notes_say("x₁ + x₂", "x_1 and x_2 are read as x and y"));
  CHECK(notes_say("X^2", "X is read as x"));
  CHECK(notes_say("f(u, v) = u*v", "u and v are read as x and y"));
  // Other names may be coordinates too, where f(…) = says so.
  CHECK(notes_say("w1^2 + w2^2",
                  "f has no x and no y, so it is the same everywhere; if w1 and w2 are the coordinates, "
                  "write f(w1, w2) = … in front"));
  CHECK(notes_say("θ^2", "if θ is a coordinate, write f(θ) = … in front"));
  CHECK(parsed("7").notes().empty());
  CHECK(parsed("x2y").notes().size() == 1);
  CHECK(parsed("a*x").notes().empty());
  means({"f(θ₁, θ₂) = θ₁² + 3θ₂", "x^2 + 3*y"});
  // Names such as x0 beside x are parameters, not coordinates.
  const Expression centre = parsed("(x - x0)^2 + (y - y0)^2");
  CHECK(centre.parameters() == std::vector<std::string>{"x0", "y0"});
  CHECK(notes_say("(x - x0)^2 + (y - y0)^2", "x0 is read as a parameter"));
  CHECK(notes_say("x + X", "X is read as a parameter"));
  for (const char* text : {"x1 + x2 + x3", "x2 + y2", "x2^2", "y1 + y2", "x3"}) {
    CAPTURE(text);
    CHECK(refusal(text).find("x and y, or x1 and x2") != std::string::npos);
  }
  CHECK(refusal("x2 + y2").find("a power is written x^2") != std::string::npos);
  CHECK(refusal("p[0]^2 + p[1]^2").starts_with("column 1: only x[0] and x[1]"));
}

TEST_CASE("constants and functions in any case, and by their other names") {
  for (const Pair& pair : std::vector<Pair>{{"PI*x^2", "pi*x^2"},
                                            {"Pi x", "pi*x"},
                                            {"E^x", "e^x"},
                                            {"Sin(x) + COS(y) + Exp(-x)", "sin(x) + cos(y) + exp(-x)"},
                                            {"arctan(x) + arcsin(y) + arccos(y)", "atan(x) + asin(y) + acos(y)"},
                                            {"arctan2(y, x)", "atan2(y, x)"},
                                            {"tg(x)", "tan(x)"},
                                            {"ctg(x) + cosec(x)", "cot(x) + csc(x)"},
                                            {"ln(x) + lg(x) + ld(y)", "log(x) + log10(x) + log2(y)"},
                                            {"np.sin(x) + np.pi*numpy.exp(y)", "sin(x) + pi*exp(y)"},
                                            {"math.sqrt(x**2 + y**2)", "sqrt(x^2 + y^2)"},
                                            {"torch.relu(x) + F.relu(y)", "relu(x) + relu(y)"},
                                            {"torch.nn.functional.relu(x)", "relu(x)"},
                                            {"Math.pow(x, 2) + Math.PI", "x^2 + pi"},
                                            {"np.maximum(x, y) - np.minimum(x, y)", "max(x, y) - min(x, y)"},
                                            {"np.abs(x) + np.fabs(y) + np.square(x)", "abs(x) + abs(y) + x^2"},
                                            {"np.power(x, 2)", "x^2"},
                                            {"x.^2 .* y ./ 2", "x^2*y/2"}})
    means(pair);
  CHECK(value_at("log10(x) + log2(y)", 1000, 8) == 6);
  CHECK(value_at("cot(x) + sec(x) + csc(y)", 1, 2) == 1 / std::tan(1.0) + 1 / std::cos(1.0) + 1 / std::sin(2.0));
  CHECK(value_at("hypot(x, y)", 3, 4) == 5);
  // Names that programs have for functions may be parameters as well.
  CHECK(parsed("x^power + square*y + sec").parameters() == std::vector<std::string>{"power", "square", "sec"});
  CHECK(parsed("x^power + square*y").notes().empty());
  CHECK(notes_say("E*x", "E is read as the number e"));
  CHECK(parsed("E*x + e").parameters() == std::vector<std::string>{"E"});
}

TEST_CASE("functions without parentheses, and their powers") {
  for (const Pair& pair : std::vector<Pair>{{"sin x", "sin(x)"},
                                            {"sin 2x", "sin(2*x)"},
                                            {"sin x + 1", "sin(x) + 1"},
                                            {"sin x^2", "sin(x^2)"},
                                            {"sin x²", "sin(x^2)"},
                                            {"sin -x", "sin(-x)"},
                                            {"sin x cos y", "sin(x)*cos(y)"},
                                            {"sin x*y", "sin(x)*y"},
                                            {"sin x/2", "sin(x)/2"},
                                            {"sin cos x", "sin(cos(x))"},
                                            {"sin 2(x+1)", "sin(2*(x+1))"},
                                            {"sin (x) y", "sin(x)*y"},
                                            {"exp -x^2", "exp(-x^2)"},
                                            {"ln x + ln y", "log(x) + log(y)"},
                                            {"2^sin x", "2^sin(x)"},
                                            {"sqrt x + 1", "sqrt(x) + 1"},
                                            {"√x + √2x", "sqrt(x) + sqrt(2)*x"},
                                            {"√x²", "sqrt(x^2)"},
                                            {"√(x+1)y", "sqrt(x+1)*y"},
                                            {"sin^2(x)", "sin(x)^2"},
                                            {"sin² x + cos² x", "sin(x)^2 + cos(x)^2"},
                                            {"sin²(x)y", "sin(x)^2*y"},
                                            {"sin^2 2x", "sin(2*x)^2"},
                                            {"sin^{2}(x)", "sin(x)^2"},
                                            {"log^2(x)", "log(x)^2"},
                                            {"sin^-1(x) + tan⁻¹(y)", "asin(x) + atan(y)"},
                                            {"sin^(-1)(x)", "asin(x)"}})
    means(pair);
  CHECK(notes_say("sin^-1(x)", "sin^-1 is read as the inverse function, asin"));
  CHECK(refusal("log^-1(x)").find("only a whole power above 1") != std::string::npos);
  CHECK(refusal("sin^x(y)").find("a power is a number") != std::string::npos);
  CHECK(refusal("max x, y").find("write max(…, …)") != std::string::npos);
  CHECK(refusal("sin*x").find("'sin' is a function; write sin(…)") != std::string::npos);
}

TEST_CASE("words that are several in one") {
  for (const Pair& pair : std::vector<Pair>{{"sinx", "sin(x)"},
                                            {"sin2x", "sin(2*x)"},
                                            {"xsiny", "x*sin(y)"},
                                            {"xsin(y)", "x*sin(y)"},
                                            {"2sinx", "2*sin(x)"},
                                            {"cosxy", "cos(x*y)"},
                                            {"sinxcosy", "sin(x)*cos(y)"},
                                            {"sin2pix", "sin(2*pi*x)"},
                                            {"expx + lny", "exp(x) + log(y)"},
                                            {"tanhx", "tanh(x)"},
                                            {"sqrtxy", "sqrt(x*y)"},
                                            {"xexp(-x^2)", "x*exp(-x^2)"},
                                            {"xmax(x, y)", "x*max(x, y)"},
                                            {"asinx", "asin(x)"},
                                            {"bcosx", "b*cos(x)"},
                                            {"log2x", "log2(x)"},
                                            {"cos2πx + cos2 y", "cos(2*pi*x) + cos(2*y)"},
                                            {"w1x + w2y + b", "w1*x + w2*y + b"},
                                            {"3a1x + a2siny + x", "3*a1*x + a2*sin(y) + x"},
                                            {"SINX", "sin(x)"}})
    means(pair);
  CHECK(notes_say("sin2x", "sin2x is read as sin(2·x)"));
  CHECK(notes_say("xsiny", "xsiny is read as x·sin(y)"));
  CHECK(notes_say("ax^2", "ax is read as a·x; a parameter of that name would be written a_x"));
  CHECK(notes_say("cos2πx", "cos2 is read as cos(2·…)"));
  CHECK(notes_say("w1x + y", "w1x is read as w1·x; a parameter of that name would be written w1_x"));
  // Names of one's own stay whole; those that look otherwise are announced.
  CHECK(parsed("depth*x + kappa + rate_1 + theta*y").notes().empty());
  CHECK(parsed("(x - cx)^2 + (y - cy)^2").parameters() == std::vector<std::string>{"cx", "cy"});
  CHECK(notes_say("(x - cx)^2", "cx is read as one parameter; a product is written c*x"));
  CHECK(notes_say("alphax^2 + y", "alphax is read as one parameter; a product is written alpha*x"));
  CHECK(notes_say("cost*x", "cost is read as one parameter; a function is written"));
  CHECK(notes_say("sina + x", "sin(a)"));
  CHECK(notes_say("x2y + 1", "x2y is read as one parameter; a product is written x^2*y"));
  CHECK(notes_say("axby", "a product is written a*x*b*y"));
  CHECK(notes_say("alphaxy", "a product is written alpha*x*y"));
  CHECK(notes_say("y10a", "a product is written y^10*a"));
  CHECK(notes_say("pi2*x", "pi2 is read as one parameter; a product is written 2*pi, a power pi^2"));
  CHECK(notes_say("maxxy", "a function is written with its argument in parentheses, max(…, …)"));
  CHECK(refusal("foo(x)").find("there is no function 'foo'; known are sin") != std::string::npos);
  CHECK(refusal("sin2(x)").find("there is no function 'sin2'") != std::string::npos);
  CHECK(same(parsed("kappa*x + kappa(y + 1)"), parsed("kappa*x + kappa*(y + 1)")));
}

TEST_CASE("what stands in front of a formula") {
  for (const Pair& pair : std::vector<Pair>{{"f(x, y) = x^2 + y", "x^2 + y"},
                                            {"f(x,y)=x", "x"},
                                            {"z = x*y", "x*y"},
                                            {"f(x, y) := 2x", "2*x"},
                                            {"loss = x^2", "x^2"},
                                            {"return x + y", "x + y"},
                                            {"F(X, Y) = X + Y", "x + y"},
                                            {"f(y, x) = x - y", "x - y"}})
    means(pair);
  CHECK(refusal("f(x, y, z) = x + z").starts_with("column 9: there are two coordinates"));
  CHECK(refusal("y = x^2").starts_with("column 3: '=' has no place"));
  CHECK(refusal("x^2 = 4").starts_with("column 5: '='"));
  CHECK(refusal("f(x, y) =").find("the formula is empty") != std::string::npos);
}

TEST_CASE("bars") {
  for (const Pair& pair : std::vector<Pair>{{"|x|", "abs(x)"},
                                            {"2|x - 1|y", "2*abs(x - 1)*y"},
                                            {"||x| - |y||", "abs(abs(x) - abs(y))"},
                                            {"|x||y|", "abs(x)*abs(y)"},
                                            {"|x + |y||", "abs(x + abs(y))"},
                                            {"|x|^2 + ｜y｜²", "abs(x)^2 + abs(y)^2"},
                                            {"ln|x|", "log(abs(x))"},
                                            {"sin|x| + max(|x|, |y|)", "sin(abs(x)) + max(abs(x), abs(y))"},
                                            {"‖x‖", "abs(x)"}})
    means(pair);
  CHECK(refusal("|x").starts_with("column 3: '|' expected: the '|' at column 1"));
  CHECK(refusal("(|x)").starts_with("column 4: '|' expected"));
  CHECK(refusal("|(x|").starts_with("column 5: the formula ends"));
}
