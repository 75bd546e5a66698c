# Writes OUTPUT, a C++ source with the bytes of each of FILES (server/handlers/file_table.h).
set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {${bytes}0};\n")
  string(APPEND rows "      {\"${name}\", {reinterpret_cast<const char*>(kFile${number}), sizeof kFile${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Written by server/embed.cmake.\n#include \"server/handlers/file_table.h\"\n\nnamespace ode::server {\nnamespace {\n\n${arrays}\n}  // namespace\n\n"
  "const std::vector<BuiltInFile>& built_in_files() {\n  static const std::vector<BuiltInFile> files = {\n${rows}  };\n  return files;\n}\n\n}  // namespace ode::server\n")
