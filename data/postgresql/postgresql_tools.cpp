#include "data/postgresql/postgresql_tools.hpp"

#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "domain/error.hpp"

namespace keepwell::data {
namespace {

constexpr int kNotFound = 127;

struct Target {
    std::string connection;  ///< Keywords and values, without the password.
    std::string password;
};

Target parse(const std::string& url) {
    char* problem = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), &problem), PQconninfoFree);
    PQfreemem(problem);
    if (!options) throw Error(ErrorCode::kInvalid, "DATABASE_URL: PostgreSQL can't read it.");
    Target target;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        if (std::string_view(option->keyword) == "password") {
            target.password = option->val;
            continue;
        }
        target.connection += std::string(option->keyword) + "='";
        for (const char* character = option->val; *character != '\0'; ++character) {
            if (*character == '\'' || *character == '\\') target.connection += '\\';
            target.connection += *character;
        }
        target.connection += "' ";
    }
    return target;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

void run_tool(std::vector<std::string> arguments, const std::string& password) {
    const std::string tool = arguments.front();
    std::vector<std::string> environment;
    for (char** variable = environ; *variable != nullptr; ++variable) environment.emplace_back(*variable);
    if (!password.empty()) environment.push_back("PGPASSWORD=" + password);
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> envp = pointers(environment);
    const pid_t child = fork();
    if (child == 0) {
        execvpe(argv.front(), argv.data(), envp.data());
        _exit(kNotFound);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        throw Error(ErrorCode::kUnavailable, tool + " could not be started.");
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == kNotFound) {
        throw Error(ErrorCode::kUnavailable,
                    tool + " is not installed; on Debian: apt-get install postgresql-client.");
    }
    if (code != 0) {
        throw Error(ErrorCode::kUnavailable,
                    tool + " failed with exit code " + std::to_string(code) + "; its own words are above.");
    }
}

}  // namespace

void dump_postgresql(const std::string& url, const std::string& file) {
    const Target target = parse(url);
    run_tool({"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=" + file,
              "--dbname=" + target.connection},
             target.password);
}

void restore_postgresql(const std::string& url, const std::string& file) {
    const Target target = parse(url);
    run_tool({"pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
              "--clean", "--if-exists", "--dbname=" + target.connection, file},
             target.password);
}

}  // namespace keepwell::data
