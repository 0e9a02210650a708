// SPDX-License-Identifier: MIT
// Beside the box where two columns have room there, so that neither the box nor the rail is covered; else below it or
// above it, where there is more room.
#include "web/widgets/picker.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <string>
#include <vector>

#include "web/widgets/option_list.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kColumn = 304;  // points, at least where there are several
constexpr int kMostColumns = 3;
constexpr float kMargin = 6;   // round the list, and inside an entry
constexpr float kIndent = 10;  // of the words
constexpr float kHeading = 28;
constexpr float kLeastHeight = 300;  // of a list below or above its box; with less room it covers the box
constexpr double kPause = 1;         // seconds after which letters begin a word anew

// The letters that were typed at a list, while it is open.
struct Search {
  ImGuiID list = 0;
  std::string letters;
  double at = 0;
};
Search g_search;

struct Cell {
  float x = 0, y = 0, height = 0;  // in the list
  std::string line;                // broken
};

struct Grid {
  std::vector<Cell> cells;
  std::vector<float> headings;  // y, by entry; negative: none
  float width = 0, height = 0;  // of a column; of all
  int columns = 1;
};

float text_left(const PickerEntry& entry) {
  return kIndent + (entry.pictured ? kPictureWidth + kIndent : 0);
}

float height_of(const PickerEntry& entry, Cell& cell, float width) {
  float height = ImGui::GetTextLineHeight();
  if (!entry.line.empty()) {
    push_font(Font::small);
    cell.line = wrap_words(entry.line, width - text_left(entry) - kMargin);
    height += ImGui::CalcTextSize(cell.line.c_str()).y;
    pop_font();
  }
  return std::max(std::max(height, entry.pictured ? kPictureHeight : 0) + 2 * kMargin, control_height());
}

Grid make_grid(std::span<const PickerEntry> entries, float width, int columns) {
  Grid grid{.width = std::floor(width / static_cast<float>(columns)), .columns = columns};
  std::string_view heading;
  std::size_t first = 0;  // of the row
  const auto end_row = [&] {
    float row = 0;
    for (std::size_t i = first; i < grid.cells.size(); ++i) row = std::max(row, grid.cells[i].height);
    for (; first < grid.cells.size(); ++first) grid.cells[first].height = row;
    grid.height += row;
  };
  for (const PickerEntry& entry : entries) {
    const bool headed = entry.heading != heading;
    if (headed || grid.cells.size() - first == static_cast<std::size_t>(columns)) end_row();
    grid.headings.push_back(headed && !entry.heading.empty() ? grid.height : -1);
    if (grid.headings.back() >= 0) grid.height += kHeading;
    heading = entry.heading;
    Cell cell{.x = grid.width * static_cast<float>(grid.cells.size() - first), .y = grid.height};
    cell.height = height_of(entry, cell, grid.width);
    grid.cells.push_back(std::move(cell));
  }
  end_row();
  return grid;
}

// Places the window of the list and says in how many columns it is.
Grid place(const ImRect& box, std::span<const PickerEntry> entries) {
  const ImVec2 screen = ImGui::GetMainViewport()->Size;
  const float bar = ImGui::GetStyle().ScrollbarSize, frame = 2 * kMargin + bar + 2;
  const float right = screen.x - kGrid - (box.Max.x + kGrid);
  const bool beside = right >= 2 * kColumn + frame;
  const float most = beside ? right : screen.x - 2 * kGrid;
  const int columns = std::clamp(static_cast<int>((most - frame) / kColumn), 1, kMostColumns);
  const float width = columns == 1 ? std::min(most, std::max(box.GetWidth(), kColumn + 60)) - frame
                                   : kColumn * static_cast<float>(columns);
  Grid grid = make_grid(entries, width, columns);
  const float below = screen.y - box.Max.y - 4 - kGrid, above = box.Min.y - 4 - kGrid;
  const bool covers = beside || std::max(below, above) < kLeastHeight;
  const float height = std::min(grid.height + 2 * kMargin + 2, covers ? screen.y - 2 * kGrid : std::max(below, above));
  const float top = beside ? box.Min.y : below >= above ? box.Max.y + 4 : box.Min.y - 4 - height;
  ImGui::SetNextWindowPos(ImVec2(beside ? box.Max.x + kGrid : std::min(box.Min.x, screen.x - kGrid - width - frame),
                                 std::clamp(top, kGrid, screen.y - kGrid - height)));
  ImGui::SetNextWindowSize(ImVec2(width + frame, height));
  return grid;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_with(std::string_view title, std::string_view letters) {
  if (letters.size() > title.size()) return false;
  return std::equal(letters.begin(), letters.end(), title.begin(), [](char a, char b) { return a == lower(b); });
}

// The entry that the letters typed in this frame lead to, or -1. One letter again and again goes from one to the next.
int sought(ImGuiID list, std::span<const PickerEntry> entries, int focused) {
  if (g_search.list != list || ImGui::IsWindowAppearing() || ImGui::GetTime() - g_search.at > kPause)
    g_search = {.list = list};
  const std::size_t before = g_search.letters.size();
  for (const ImWchar c : ImGui::GetIO().InputQueueCharacters)
    if (c > ' ' && c < 0x7F) g_search.letters += lower(static_cast<char>(c));
  if (g_search.letters.size() == before) return -1;
  g_search.at = ImGui::GetTime();
  const std::string& letters = g_search.letters;
  const bool one = letters.find_first_not_of(letters[0]) == std::string::npos;
  const std::string_view wanted = one ? std::string_view(letters).substr(0, 1) : letters;
  const int count = static_cast<int>(entries.size()), first = focused + (one ? 1 : 0);
  for (int k = 0; k < count; ++k) {
    const int i = (std::max(first, 0) + k) % count;
    if (begins_with(entries[static_cast<std::size_t>(i)].title, wanted)) return i;
  }
  return -1;
}

// The keyboard's focus goes to the item, with its ring, and the list scrolls there.
void focus(const Item& item) {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  ImGuiWindow* window = context.CurrentWindow;
  ImGui::SetFocusID(item.id, window);
  window->NavRectRel[window->DC.NavLayerCurrent] = ImGui::WindowRectAbsToRel(window, item.box);
  context.NavDisableHighlight = false;
  context.NavDisableMouseHover = true;
  ImGui::ScrollToRectEx(window, item.box);
}

void draw_picture(ImDrawList* list, const PickerEntry& entry, ImVec2 corner) {
  const ImVec2 end(corner.x + kPictureWidth, corner.y + kPictureHeight);
  const Palette& p = palette();
  if (entry.picture == nullptr) return list->AddRectFilled(corner, end, p.raised, kCorner - 2);
  list->AddImageRounded(entry.picture, corner, end, ImVec2(0, 0), ImVec2(1, 1), IM_COL32_WHITE, kCorner - 2);
  const bool dark = current_theme() == Theme::dark;
  for (const auto& [x, y] : entry.stars)
    draw_marker(list, Marker::star, ImVec2(corner.x + x * kPictureWidth, corner.y + y * kPictureHeight), 3.5F,
                dark ? IM_COL32(245, 246, 250, 255) : IM_COL32(22, 24, 32, 255),
                dark ? IM_COL32(8, 9, 14, 200) : IM_COL32(255, 255, 255, 220));
}

void draw_entry(const PickerEntry& entry, const Cell& cell, const Item& item, bool chosen) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect& box = item.box;
  if (item.hovered || item.focused || chosen)
    list->AddRectFilled(box.Min, box.Max, item.hovered || item.focused ? p.hover : p.raised, kCorner);
  const float middle = box.GetCenter().y, left = box.Min.x + text_left(entry), right = box.Max.x - kMargin;
  if (chosen) list->AddRectFilled(ImVec2(box.Min.x, middle - 12), ImVec2(box.Min.x + 3, middle + 12), p.accent, 2);
  if (entry.pictured) draw_picture(list, entry, ImVec2(box.Min.x + kIndent, middle - kPictureHeight / 2));
  push_font(Font::small);
  const float below = cell.line.empty() ? 0 : ImGui::CalcTextSize(cell.line.c_str()).y;
  pop_font();
  const float line = ImGui::GetTextLineHeight(), top = std::floor(middle - (line + below) / 2);
  draw_text(list, ImVec2(left, top + line / 2), right, p.text, entry.title);
  push_font(Font::small);
  if (below > 0) list->AddText(ImVec2(left, top + line), p.text_muted, cell.line.c_str());
  pop_font();
  draw_focus_ring(item);
}

void draw_heading(ImVec2 origin, const Grid& grid, float y, std::string_view text) {
  ImGui::SetCursorScreenPos(ImVec2(origin.x, origin.y + y));
  ImGui::Dummy(ImVec2(grid.width * static_cast<float>(grid.columns), kHeading));
  annotate_item(text, "heading");
  push_font(Font::small);
  draw_text(ImGui::GetWindowDrawList(), ImVec2(origin.x + kIndent, origin.y + y + kHeading - 11),
            origin.x + grid.width * static_cast<float>(grid.columns), palette().text_faint, text);
  pop_font();
}

int draw_entries(ImGuiID list, int selected, std::span<const PickerEntry> entries, const Grid& grid) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  std::vector<Item> items;
  int pressed = -1, focused = -1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const PickerEntry& entry = entries[i];
    const Cell& cell = grid.cells[i];
    const bool chosen = static_cast<int>(i) == selected;
    if (grid.headings[i] >= 0) draw_heading(origin, grid, grid.headings[i], entry.heading);
    ImGui::PushID(static_cast<int>(i));
    ImGui::SetCursorScreenPos(ImVec2(origin.x + cell.x, origin.y + cell.y));
    const Item item =
        submit_item(entry.title, ImVec2(grid.width - 2, cell.height - 2), "option", chosen ? 1 : 0, entry.line);
    if (chosen) ImGui::SetItemDefaultFocus();
    if (chosen && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    if (context.NavId == item.id) focused = static_cast<int>(i);
    if (item.visible) draw_entry(entry, cell, item, chosen);
    if (item.pressed) pressed = static_cast<int>(i);
    ImGui::PopID();
    items.push_back(item);
  }
  if (const int found = sought(list, entries, focused); found >= 0) focus(items[static_cast<std::size_t>(found)]);
  return pressed;
}

}  // namespace

Picker picker_box(std::string_view label, int selected, std::string_view text, std::string_view tooltip) {
  Picker picker{.box = combo_box(label, selected, text, tooltip)};
  picker.open = list_is_open(picker.box.id);
  return picker;
}

int picker_list(const Picker& picker, int selected, std::span<const PickerEntry> entries) {
  if (!picker.open) return -1;
  const Grid grid = place(picker.box.box, entries);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(kMargin, kMargin));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  int pressed = -1;
  if (ImGui::BeginPopupEx(list_of(picker.box.id), ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                                      ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings)) {
    pressed = draw_entries(list_of(picker.box.id), selected, entries, grid);
    if (pressed >= 0) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return pressed;
}

}  // namespace descent::web::widgets
