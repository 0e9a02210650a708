// SPDX-License-Identifier: MIT
// The test-engine hooks of Dear ImGui, which it calls for every item with an identity, and the list made of them.
// What a person cannot see or reach is left out: items clipped away, in hidden windows, or covered by another window.
#include "web/widgets/ui_items.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstddef>

#include "web/widgets/item.h"

namespace descent::web {
namespace {

struct Record {
  ImGuiID id = 0;
  ImRect visible;
  const ImGuiWindow* window = nullptr;
  ImGuiItemStatusFlags flags = 0;
  UiItem item;
};

struct Gathering {
  std::vector<Record> records;   // of the frame being built
  std::vector<UiItem> finished;  // of the last complete frame
  std::ptrdiff_t focused = -1;   // among those; −1: none
};
Gathering g_items;

constexpr float kSmallest = 2;  // points; less than that cannot be clicked

Record* find_last(ImGuiID id) {
  const auto found =
      std::find_if(g_items.records.rbegin(), g_items.records.rend(), [id](const Record& r) { return r.id == id; });
  return found == g_items.records.rend() ? nullptr : &*found;
}

Record& add_record(const ImGuiContext& context, ImGuiID id, const ImRect& bounds, bool disabled) {
  Record record;
  record.id = id;
  record.visible = bounds;
  record.window = context.CurrentWindow;
  record.visible.ClipWithFull(context.CurrentWindow->ClipRect);
  record.item.enabled = !disabled;
  return g_items.records.emplace_back(std::move(record));
}

// Dear ImGui shows a label up to "##"; one that begins so is only a name.
std::string visible_label(std::string_view label) {
  if (label.starts_with("##")) label.remove_prefix(2);
  return std::string(label.substr(0, label.find("##")));
}

const char* guess_role(const Record& record) {
  if ((record.flags & ImGuiItemStatusFlags_Checkable) != 0) return "checkbox";
  if ((record.flags & ImGuiItemStatusFlags_Inputable) != 0) return "field";
  return "button";
}

bool reachable(const Record& record) {
  if (record.item.label.empty() || record.window->Hidden) return false;
  if (record.visible.GetWidth() < kSmallest || record.visible.GetHeight() < kSmallest) return false;
  // Tooltips let the mouse through and lie over everything else.
  if ((record.window->Flags & ImGuiWindowFlags_Tooltip) != 0) return true;
  return widgets::in_front(*record.window, record.visible.GetCenter());
}

struct RoleCursor {
  std::string_view role;
  ImGuiMouseCursor cursor;
};
constexpr RoleCursor kCursors[] = {{"button", ImGuiMouseCursor_Hand},    {"tab", ImGuiMouseCursor_Hand},
                                   {"checkbox", ImGuiMouseCursor_Hand},  {"combo", ImGuiMouseCursor_Hand},
                                   {"option", ImGuiMouseCursor_Hand},    {"field", ImGuiMouseCursor_TextInput},
                                   {"slider", ImGuiMouseCursor_ResizeEW}};

void show_cursor(const UiItem& item) {
  if (!item.enabled || ImGui::GetMouseCursor() != ImGuiMouseCursor_Arrow) return;
  for (const RoleCursor& known : kCursors)
    if (known.role == item.role) ImGui::SetMouseCursor(known.cursor);
}

}  // namespace

const std::vector<UiItem>& ui_items() {
  return g_items.finished;
}

const UiItem* focused_item() {
  return g_items.focused < 0 ? nullptr : &g_items.finished[static_cast<std::size_t>(g_items.focused)];
}

const UiItem* shown_at(float x, float y) {
  const UiItem* found = nullptr;
  for (const UiItem& item : g_items.finished) {
    const bool inside = x >= item.x && x < item.x + item.width && y >= item.y && y < item.y + item.height;
    const bool shows = item.value || (item.text && !item.text->empty());
    if (!inside || !shows) continue;
    if (found == nullptr || item.width * item.height <= found->width * found->height) found = &item;
  }
  return found;
}

void annotate_item(std::string_view label, std::string_view role, std::optional<double> value,
                   std::optional<std::string_view> text) {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const ImGuiLastItemData& last = context.LastItemData;
  Record* record = last.ID != 0 ? find_last(last.ID) : nullptr;
  if (record == nullptr)
    record = &add_record(context, last.ID, last.Rect, (last.InFlags & ImGuiItemFlags_Disabled) != 0);
  record->item.label = visible_label(label);
  record->item.role = role;
  record->item.value = value;
  if (text) record->item.text = std::string(*text);
}

void ui_items_begin_frame() {
  ImGui::GetCurrentContext()->TestEngineHookItems = true;
  g_items.records.clear();
}

void ui_items_end_frame() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const ImGuiID ring = context.NavDisableHighlight ? 0 : context.NavId;
  g_items.finished.clear();
  g_items.focused = -1;
  for (Record& record : g_items.records) {
    if (!reachable(record)) continue;
    UiItem& item = record.item;
    if (item.role.empty()) item.role = guess_role(record);
    item.x = record.visible.Min.x;
    item.y = record.visible.Min.y;
    item.width = record.visible.GetWidth();
    item.height = record.visible.GetHeight();
    if (record.id != 0 && record.id == context.HoveredId) show_cursor(item);
    if (record.id != 0 && record.id == ring) g_items.focused = static_cast<std::ptrdiff_t>(g_items.finished.size());
    g_items.finished.push_back(std::move(item));
  }
  g_items.records.clear();
}

}  // namespace descent::web

// The names are Dear ImGui's.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& bounds,
                                 const ImGuiLastItemData* data) {
  if (id == 0 || id == context->CurrentWindow->ID) return;  // windows themselves are no items
  const bool disabled = data != nullptr && (data->InFlags & ImGuiItemFlags_Disabled) != 0;
  descent::web::add_record(*context, id, bounds, disabled);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
  descent::web::Record* record = descent::web::find_last(id);
  if (record == nullptr || label == nullptr) return;
  record->flags = flags;
  if (record->item.label.empty() && label[0] != '#') record->item.label = descent::web::visible_label(label);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID id) {
  const descent::web::Record* record = descent::web::find_last(id);
  return record != nullptr ? record->item.label.c_str() : nullptr;
}
