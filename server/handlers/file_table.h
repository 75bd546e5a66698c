// The files of server/assets, put into the program by server/CMakeLists.txt.
#pragma once

#include <string_view>
#include <vector>

namespace ode::server {

struct BuiltInFile {
  std::string_view name, bytes;
};
const std::vector<BuiltInFile>& built_in_files();

}  // namespace ode::server
