// SPDX-License-Identifier: MIT
// Signatures and endings, see file_kind.h. A ZIP archive is told by the name of its first member (APPNOTE.TXT 4.3.7):
// PyTorch, NumPy and others put their files into one.
#include "engine/core/file_kind.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace descent::core {
namespace {

constexpr std::string_view kNumpyArchive = "an archive of NumPy arrays (.npz)";
constexpr std::string_view kNumpyArray = "a NumPy array (.npy)";
constexpr std::string_view kCsv = "a table as text (CSV)";
constexpr std::string_view kHdf5 = "an HDF5 file";
constexpr std::string_view kPickle = "a Python pickle";
constexpr std::string_view kJson = "JSON text";
constexpr std::string_view kText = "text";
constexpr std::string_view kMatlab = "a MATLAB file";
constexpr std::string_view kParquet = "a Parquet table";
constexpr std::string_view kPicture = "a picture";
constexpr std::string_view kTar = "a tar archive";
constexpr std::string_view kWebPage = "a web page";

struct Signature {
  std::string_view bytes;
  std::string_view kind;
  std::size_t at = 0;
};

using namespace std::string_view_literals;

// The longer ones first where one begins like another.
constexpr Signature kSignatures[] = {
    {"\x93NUMPY"sv, kNumpyArray},
    {"\x89HDF\r\n\x1a\n"sv, kHdf5},
    // torch.save before 1.6: a pickle of the number 0x1950a86a20f9469cfc6c.
    {"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv, kPyTorchFile},
    {"\x80\x02"sv, kPickle},
    {"\x80\x03"sv, kPickle},
    {"\x80\x04"sv, kPickle},
    {"\x80\x05"sv, kPickle},
    {"BZh"sv, "a bzip2 file"},
    {"\xfd\x37zXZ\0"sv, "an xz file"},
    {"\x28\xb5\x2f\xfd"sv, "a Zstandard file"},
    {"\x1f\x8b"sv, "a gzip file"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive"},
    {"Rar!\x1a\x07"sv, "a RAR archive"},
    {"ustar"sv, kTar, 257},
    {"MATLAB 5.0"sv, kMatlab},
    {"PAR1"sv, kParquet},
    {"ARROW1"sv, "an Arrow file"},
    {"\x89PNG\r\n\x1a\n"sv, kPicture},
    {"\xff\xd8\xff"sv, kPicture},
    {"GIF8"sv, kPicture},
    {"GGUF"sv, "a GGUF file"},
    {"%PDF-"sv, "a PDF document"},
    {"<!DOCTYPE"sv, kWebPage},
    {"<!doctype"sv, kWebPage},
    {"<html"sv, kWebPage},
    {"version https://git-lfs"sv, "a pointer of Git LFS, not the file itself"},
};

struct Ending {
  std::string_view text;
  std::string_view kind;
};

constexpr Ending kEndings[] = {
    {".npz", kNumpyArchive},
    {".npy", kNumpyArray},
    {".zip", kZipArchive},
    {".csv", kCsv},
    {".tsv", kCsv},
    {".pt", kPyTorchFile},
    {".pth", kPyTorchFile},
    {".ckpt", kPyTorchFile},
    {".h5", kHdf5},
    {".hdf5", kHdf5},
    {".mat", kMatlab},
    {".parquet", kParquet},
    {".pkl", kPickle},
    {".pickle", kPickle},
    {".tar", kTar},
    {".tgz", kTar},
    {".json", kJson},
    {".png", kPicture},
    {".jpg", kPicture},
    {".jpeg", kPicture},
    {".keras", "a Keras file"},
    {".onnx", "an ONNX file"},
    {".txt", kText},
    {".md", kText},
};

bool has(std::string_view head, const Signature& signature) {
  return head.size() > signature.at && head.substr(signature.at).starts_with(signature.bytes);
}

// The name of a ZIP archive's first member.
std::string_view first_member(std::string_view head) {
  constexpr std::size_t kLength = 26, kName = 30;
  if (head.size() < kName) return {};
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(head[at])); };
  return head.substr(kName, byte(kLength) | byte(kLength + 1) << 8);
}

std::string_view archive_kind(std::string_view head) {
  const std::string_view member = first_member(head);
  for (const std::string_view torch : {"/data.pkl", "/version", "/byteorder", "/.format_version"})
    if (member.ends_with(torch)) return kPyTorchFile;
  if (member.ends_with(".npy")) return kNumpyArchive;
  return kZipArchive;
}

std::string_view signed_kind(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return archive_kind(head);
  for (const Signature& signature : kSignatures)
    if (has(head, signature)) return signature.kind;
  return {};
}

// "a.csv.gz" ends in .csv too.
std::string_view named_kind(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (lower.ends_with(".gz")) lower.resize(lower.size() - 3);
  for (const Ending& ending : kEndings)
    if (lower.ends_with(ending.text)) return ending.kind;
  return {};
}

std::string_view text_kind(std::string_view head) {
  const auto printed = [](unsigned char c) { return (c >= ' ' && c < 127) || c == '\n' || c == '\r' || c == '\t'; };
  if (head.empty() || !std::all_of(head.begin(), head.end(), printed)) return {};
  if (head[0] == '{' || head[0] == '[') return kJson;
  const std::string_view line = head.substr(0, head.find('\n'));
  const auto commas = std::count_if(line.begin(), line.end(), [](char c) { return c == ',' || c == ';' || c == '\t'; });
  return commas > 0 ? kCsv : kText;
}

}  // namespace

std::string_view file_kind(std::span<const std::uint8_t> head, std::string_view name) {
  constexpr std::size_t kEnough = 512;
  const std::string_view text(reinterpret_cast<const char*>(head.data()), std::min(head.size(), kEnough));
  if (const std::string_view kind = signed_kind(text); !kind.empty()) return kind;
  if (const std::string_view kind = named_kind(name); !kind.empty()) return kind;
  return text_kind(text);
}

}  // namespace descent::core
