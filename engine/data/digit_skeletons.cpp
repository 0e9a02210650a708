// SPDX-License-Identifier: MIT
// The skeletons of the digits, see digit_skeletons.h: round and narrow noughts, ones with and without flag and foot,
// twos with a corner, a loop or a wave at the base, flat-topped threes, open and closed fours, crossed sevens, and so
// on.
#include "engine/data/digit_skeletons.h"

#include "engine/core/check.h"

namespace descent::data {

namespace {

using Skeleton = std::span<const PenPoint>;

constexpr PenPoint kZeroA[] = {{54, 2}, {24, 14}, {10, 50}, {24, 86}, {50, 98}, {76, 86}, {90, 50}, {76, 14}, {46, 2}};
constexpr PenPoint kZeroB[] = {{66, 8},  {36, 6},  {12, 34}, {14, 70}, {36, 96},
                               {66, 94}, {88, 66}, {86, 30}, {64, 6},  {38, 8}};
constexpr PenPoint kZeroC[] = {{42, 6}, {18, 26}, {11, 58}, {28, 90}, {54, 98}, {80, 80}, {89, 48}, {78, 16}, {56, 3}};
constexpr Skeleton kZero[] = {kZeroA, kZeroB, kZeroC};

constexpr PenPoint kOneA[] = {{50, 0}, {50, 100}};
constexpr PenPoint kOneB[] = {{28, 24}, {54, 2}, {54, 2}, {52, 100}};
constexpr PenPoint kOneC[] = {{30, 22}, {52, 2}, {52, 2}, {52, 98}, kPenUp, {28, 98}, {76, 98}};
constexpr PenPoint kOneD[] = {{56, 0}, {50, 50}, {46, 100}};
constexpr Skeleton kOne[] = {kOneA, kOneB, kOneC, kOneD, kOneA};

constexpr PenPoint kTwoA[] = {{16, 26}, {28, 6},  {56, 2},  {78, 18}, {74, 42},
                              {46, 70}, {14, 96}, {14, 96}, {50, 94}, {88, 96}};
constexpr PenPoint kTwoB[] = {{18, 22}, {36, 3},  {66, 4},  {80, 24}, {66, 54}, {36, 84},
                              {16, 96}, {10, 88}, {22, 78}, {46, 88}, {68, 98}, {90, 88}};
constexpr PenPoint kTwoC[] = {{14, 24}, {40, 2},  {74, 12}, {76, 36}, {48, 66},
                              {18, 92}, {18, 92}, {40, 84}, {62, 96}, {90, 86}};
constexpr PenPoint kTwoD[] = {{18, 14}, {44, 4}, {76, 8}, {72, 30}, {40, 66}, {12, 94}, {12, 94}, {88, 94}};
constexpr Skeleton kTwo[] = {kTwoA, kTwoB, kTwoC, kTwoD};

constexpr PenPoint kThreeA[] = {{16, 14}, {42, 2},  {74, 10}, {76, 30}, {60, 44}, {38, 48},
                                {38, 48}, {66, 52}, {84, 70}, {72, 92}, {42, 99}, {12, 86}};
constexpr PenPoint kThreeB[] = {{18, 12}, {50, 1},  {78, 16}, {70, 38}, {44, 47},
                                {44, 47}, {76, 58}, {82, 82}, {52, 98}, {14, 90}};
constexpr PenPoint kThreeC[] = {{16, 4},  {80, 4},  {80, 4},  {44, 42}, {44, 42},
                                {74, 50}, {86, 72}, {66, 96}, {34, 98}, {12, 84}};
constexpr PenPoint kThreeD[] = {{18, 16}, {46, 2},  {74, 14}, {68, 38}, {46, 48}, {36, 42},
                                {46, 38}, {72, 52}, {82, 76}, {58, 97}, {16, 90}};
constexpr Skeleton kThree[] = {kThreeA, kThreeB, kThreeC, kThreeD};

constexpr PenPoint kFourA[] = {{26, 4}, {20, 30}, {14, 56}, {14, 56}, {86, 54}, kPenUp, {70, 6}, {66, 50}, {64, 98}};
constexpr PenPoint kFourB[] = {{64, 2}, {10, 66}, {10, 66}, {92, 64}, kPenUp, {64, 2}, {66, 98}};
constexpr PenPoint kFourC[] = {{20, 6}, {14, 34}, {26, 54}, {52, 54}, {76, 42}, kPenUp, {80, 4}, {74, 50}, {66, 98}};
constexpr PenPoint kFourD[] = {{60, 4}, {30, 38}, {12, 62}, {12, 62}, {50, 64}, {90, 60}, kPenUp, {66, 34}, {62, 98}};
constexpr Skeleton kFour[] = {kFourA, kFourB, kFourC, kFourD};

constexpr PenPoint kFiveA[] = {{76, 4},  {26, 4},  {26, 4},  {22, 42}, {22, 42},
                               {48, 34}, {78, 48}, {82, 74}, {58, 97}, {14, 90}};
constexpr PenPoint kFiveB[] = {{28, 6},  {24, 44}, {24, 44}, {54, 38}, {80, 56}, {76, 84},
                               {46, 98}, {12, 88}, kPenUp,   {28, 6},  {82, 3}};
constexpr PenPoint kFiveC[] = {{80, 6}, {48, 4}, {26, 18}, {28, 40}, {56, 48}, {80, 66}, {70, 92}, {36, 98}, {12, 86}};
constexpr PenPoint kFiveD[] = {{30, 10}, {26, 40}, {26, 40}, {60, 36}, {84, 60}, {66, 92},
                               {16, 94}, kPenUp,   {26, 8},  {56, 8},  {88, 0}};
constexpr Skeleton kFive[] = {kFiveA, kFiveB, kFiveC, kFiveD};

constexpr PenPoint kSixA[] = {{72, 4},  {40, 22}, {18, 54}, {18, 82}, {42, 98},
                              {72, 90}, {80, 70}, {60, 54}, {34, 60}, {20, 78}};
constexpr PenPoint kSixB[] = {{44, 0}, {26, 40}, {20, 74}, {36, 97}, {66, 94}, {78, 74}, {62, 58}, {36, 64}, {22, 82}};
constexpr PenPoint kSixC[] = {{80, 8},  {52, 6},  {24, 32}, {12, 68}, {32, 96},
                              {68, 94}, {84, 68}, {66, 46}, {34, 50}, {16, 70}};
constexpr Skeleton kSix[] = {kSixA, kSixB, kSixC};

constexpr PenPoint kSevenA[] = {{12, 6}, {84, 4}, {84, 4}, {60, 48}, {42, 98}};
constexpr PenPoint kSevenB[] = {{12, 6}, {84, 4}, {84, 4}, {60, 48}, {42, 98}, kPenUp, {28, 52}, {76, 48}};
constexpr PenPoint kSevenC[] = {{12, 20}, {16, 6}, {16, 6}, {50, 6}, {86, 4}, {86, 4}, {54, 46}, {46, 98}};
constexpr PenPoint kSevenD[] = {{10, 10}, {40, 4}, {76, 4}, {82, 12}, {60, 50}, {52, 98}};
constexpr Skeleton kSeven[] = {kSevenA, kSevenB, kSevenC, kSevenD};

constexpr PenPoint kEightA[] = {{68, 12}, {40, 2},  {20, 20}, {38, 42}, {66, 58}, {82, 80},
                                {52, 98}, {20, 84}, {30, 60}, {62, 42}, {80, 20}, {66, 8}};
constexpr PenPoint kEightB[] = {{50, 2},  {24, 12}, {26, 36}, {50, 46}, {76, 34}, {76, 12}, {52, 2}, kPenUp,
                                {50, 46}, {18, 62}, {20, 90}, {50, 98}, {82, 88}, {80, 60}, {50, 46}};
constexpr PenPoint kEightC[] = {{78, 14}, {48, 2},  {20, 18}, {36, 42}, {68, 58}, {76, 84},
                                {46, 98}, {20, 82}, {34, 58}, {64, 38}, {84, 8}};
constexpr Skeleton kEight[] = {kEightA, kEightB, kEightC};

constexpr PenPoint kNineA[] = {{78, 24}, {54, 4},  {24, 12}, {16, 36}, {36, 54},
                               {64, 46}, {78, 20}, {78, 20}, {76, 60}, {70, 98}};
constexpr PenPoint kNineB[] = {{78, 24}, {54, 4},  {24, 12}, {16, 36}, {36, 54}, {64, 46},
                               {78, 20}, {78, 20}, {78, 60}, {64, 92}, {34, 98}, {16, 88}};
constexpr PenPoint kNineC[] = {{74, 16}, {46, 2}, {20, 22}, {28, 48}, {56, 48}, {74, 16}, {74, 16}, {60, 60}, {46, 98}};
constexpr PenPoint kNineD[] = {{70, 10}, {36, 10}, {18, 34}, {38, 52}, {64, 44},
                               {76, 12}, {76, 12}, {72, 56}, {72, 98}};
constexpr Skeleton kNine[] = {kNineA, kNineB, kNineC, kNineD};

constexpr std::span<const Skeleton> kDigits[] = {kZero, kOne, kTwo, kThree, kFour, kFive, kSix, kSeven, kEight, kNine};

}  // namespace

std::span<const std::span<const PenPoint>> digit_skeletons(int digit) {
  DESCENT_ASSERT(digit >= 0 && digit < 10);
  return kDigits[digit];
}

}  // namespace descent::data
