// SPDX-License-Identifier: MIT
// JsonReader: takes a configuration out of a JsonValue field by field. Absent fields leave what was there; a wrong
// type, a number outside its limits or an unknown field is a sentence with the whole path
// ("optimizers[2].hyperparameters. learning_rate is 'abc'; it must be a number"). All readers made from one root share
// the first error found, so a caller reads everything and asks for the status once, before it changes anything.
//
//   JsonReader reader(value, "the state");
//   reader.read("seed", seed, 0, kMaxSafeInteger);
//   for (JsonReader& item : reader.objects("optimizers", kMaxRunners)) { item.read("name", name); item.refuse_others();
//   } reader.refuse_others(); if (!reader.status()) return reader.status();
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/param_spec.h"
#include "engine/core/result.h"
#include "engine/io/json.h"

namespace descent::io {

inline constexpr std::int64_t kMaxSafeInteger = (std::int64_t{1} << 53) - 1;

class JsonReader {
 public:
  // `value` must outlive the reader. `what` names the whole in messages about the root itself ("the state is a list; it
  // must be an object"); paths of fields do not repeat it.
  JsonReader(const JsonValue& value, std::string_view what);

  [[nodiscard]] bool has(std::string_view name) const;

  // Each returns true when `out` was set; null counts as absent. Limits are inclusive.
  bool read(std::string_view name, double& out, double minimum, double maximum);
  bool read(std::string_view name, std::int64_t& out, std::int64_t minimum, std::int64_t maximum);
  bool read(std::string_view name, int& out, int minimum, int maximum);
  bool read(std::string_view name, std::uint64_t& out, std::uint64_t minimum, std::uint64_t maximum);
  bool read(std::string_view name, bool& out);
  bool read(std::string_view name, std::string& out, std::size_t max_length = 10000);
  // A list of exactly out.size() finite numbers.
  bool read_numbers(std::string_view name, std::span<double> out);
  // A list of at most max_count finite numbers.
  bool read_numbers(std::string_view name, std::vector<double>& out, std::size_t max_count);
  // One of `choices`; sets its index. The message lists them.
  bool read_choice(std::string_view name, int& out, std::span<const std::string_view> choices);
  // A list of such names, each at most once.
  bool read_choices(std::string_view name, std::vector<int>& out, std::span<const std::string_view> choices);
  // An object whose members are all numbers, in their order: hyper-parameters, for core::resolve_params.
  bool read_named_numbers(std::string_view name, std::vector<core::NamedValue>& out);

  // The object in that field; when absent, a reader without fields.
  [[nodiscard]] JsonReader object(std::string_view name);
  // The list of objects in that field, at most max_count; empty when absent.
  [[nodiscard]] std::vector<JsonReader> objects(std::string_view name, std::size_t max_count);

  // A sentence for each of these that is absent.
  void require(std::initializer_list<std::string_view> names);
  // A sentence when there are fields that have not been asked for; it lists those that have been.
  void refuse_others();

  // Reports a reader's own finding about a field: "<path of name> <rest>".
  void fail(std::string_view name, std::string_view rest);
  // Reports an error that is a whole sentence already.
  void refuse(core::Error error);

  // The first error of this reader and all its relatives.
  [[nodiscard]] const core::Status& status() const { return *status_; }
  // "optimizers[2].learning_rate"; for an empty name the path of this object itself.
  [[nodiscard]] std::string path(std::string_view name) const;

 private:
  JsonReader(const JsonValue* value, std::string path, std::shared_ptr<core::Status> status);

  // The field, marked as known; nullptr when absent or null.
  const JsonValue* take(std::string_view name);
  void wrong(std::string_view name, const JsonValue& found, std::string_view expected);
  const JsonValue::Array* take_list(std::string_view name, std::size_t max_count);
  template <class Integer>
  bool read_integer(std::string_view name, Integer& out, Integer minimum, Integer maximum);

  const JsonValue* value_;  // nullptr: no fields
  std::string path_;        // empty at the root
  std::string what_;
  std::vector<std::string> known_;
  std::shared_ptr<core::Status> status_;
};

}  // namespace descent::io
