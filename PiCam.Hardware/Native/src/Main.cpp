// picam-camera: one libcamera camera as a child process. See ../PROTOCOL.md.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <iostream>
#include <sys/prctl.h>
#include <unistd.h>

#include "CameraSession.h"
#include "Failure.h"
#include "Input.h"
#include "JsonNumber.h"
#include "Version.h"

using namespace libcamera;
using nlohmann::json;

namespace {

constexpr int exitFailed = 1, exitUsage = 2;

struct Options {
    std::string camera;
    bool list = false, version = false;
};

Options parse(int argc, char **argv) {
    Options options;
    for (int i = 1; i < argc; i++) {
        const std::string argument = argv[i];
        if (argument == "--list")
            options.list = true;
        else if (argument == "--version")
            options.version = true;
        else if (argument == "--camera" && i + 1 < argc)
            options.camera = argv[++i];
        else
            throw std::invalid_argument(argument);
    }
    return options;
}

std::string builtAgainst() {
    return std::to_string(LIBCAMERA_VERSION_MAJOR) + "." + std::to_string(LIBCAMERA_VERSION_MINOR) + "." +
           std::to_string(LIBCAMERA_VERSION_PATCH);
}

// libcamera's interface may change with every minor version.
void checkLibrary() {
    const std::string running = CameraManager::version();
    const std::string built =
        "v" + std::to_string(LIBCAMERA_VERSION_MAJOR) + "." + std::to_string(LIBCAMERA_VERSION_MINOR) + ".";
    if (running.compare(0, built.size(), built) != 0)
        throw Failure("libraryMismatch",
                      "picam-camera was built for libcamera " + builtAgainst() + ", but " + running + " runs.");
}

// Whether there are media devices that this user may not open: then libcamera sees nothing, and does not say why.
bool isForbidden() {
    bool forbidden = false;
    if (DIR *folder = opendir("/dev")) {
        while (const dirent *entry = readdir(folder))
            if (std::strncmp(entry->d_name, "media", 5) == 0)
                forbidden |=
                    access((std::string("/dev/") + entry->d_name).c_str(), R_OK | W_OK) != 0 && errno == EACCES;
        closedir(folder);
    }
    return forbidden;
}

json list(CameraManager &manager) {
    json all = json::array();
    for (const auto &camera : manager.cameras()) {
        const auto model = camera->properties().get(properties::Model);
        all.push_back({{"id", camera->id()}, {"model", model ? std::string(*model) : camera->id()}});
    }
    return all;
}

// Values are copied and written recursively: what is nested without end would overflow the stack.
bool isShallow(int depth, json::parse_event_t, json &) {
    if (depth > 16)
        throw std::invalid_argument("The command is nested too deeply");
    return true;
}

// Runs one command. What is wrong with it is answered; only what ends the camera is thrown.
void run(CameraSession &camera, Output &output, const std::string &line, bool &quit) {
    json id = nullptr;
    try {
        if (line.empty())
            throw std::invalid_argument("The command is longer than 1 MiB");
        const json command = json::parse(line, isShallow);
        if (!command.is_object())
            throw std::invalid_argument("A command is an object");
        const std::string name = command.value("command", "");
        if (name == "quit") {
            quit = true;
            return;
        }
        const auto number =
            JsonNumber::whole<uint64_t>(command.at("id"), "id", 1, std::numeric_limits<uint64_t>::max());
        id = number;
        const auto acknowledge = [&] { output.answer({"ACKN", {{"id", number}}, {}}); };
        if (name == "configure") {
            camera.configure(command);
        } else if (name == "controls") {
            camera.setControls(number, command.at("controls"));
        } else if (name == "encode") {
            camera.setEncoding(command.at("on").get<bool>());
            acknowledge();
        } else if (name == "quality") {
            camera.setQuality(command.at("quality"));
            acknowledge();
        } else if (name == "half") {
            camera.setHalf(command.at("on").get<bool>(), command.value("quality", json(nullptr)));
            acknowledge();
        } else if (name == "stamp") {
            camera.setStamp(Stamp::parse(command));
            acknowledge();
        } else if (name == "still") {
            output.answer(camera.still(command));
        } else {
            throw std::invalid_argument("There is no command \"" + name + "\"");
        }
    } catch (const FatalFailure &) {
        throw;
    } catch (const Failure &failure) {
        output.answer({"ERRO", {{"code", failure.code}, {"message", failure.what()}, {"id", id}}, {}});
    } catch (const std::exception &error) {
        output.answer({"ERRO", {{"code", "badCommand"}, {"message", error.what()}, {"id", id}}, {}});
    }
}

int speak(const Options &options) {
    static Input input; // its thread may outlive this function
    Output output([] { input.close(); });
    std::atomic<bool> lost{false};
    try {
        checkLibrary();
        CameraManager manager;
        if (const int error = manager.start(); error < 0)
            throw Failure("internal", std::string("libcamera does not start: ") + std::strerror(-error));
        if (manager.cameras().empty() && isForbidden())
            throw Failure("noPermission", "This user may not open the camera's devices.");
        {
            CameraSession camera(
                manager, options.camera, output,
                [&] {
                    lost = true;
                    input.close();
                },
                [] { return input.isClosed(); });
            output.answer({"HELO", camera.hello(), {}});
            bool quit = false;
            while (!quit) {
                const auto line = input.next();
                if (!line)
                    break;
                run(camera, output, *line, quit);
            }
        }
        manager.stop();
        if (lost)
            throw Failure("lost", "The camera has gone.");
    } catch (const Failure &failure) {
        // A camera that has gone cannot be configured either.
        const Failure gone("lost", "The camera has gone.");
        const Failure &why = lost ? gone : failure;
        output.answer({"ERRO", {{"code", why.code}, {"message", why.what()}}, {}});
        output.finish();
        return exitFailed;
    } catch (const std::exception &error) {
        output.answer({"ERRO", {{"code", "internal"}, {"message", error.what()}}, {}});
        output.finish();
        return exitFailed;
    }
    output.finish();
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    // A write to a reader that has gone is seen where it happens; a parent that has gone takes this with it.
    std::signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Options options;
    try {
        options = parse(argc, argv);
    } catch (const std::invalid_argument &argument) {
        std::cerr << "picam-camera: unknown argument " << argument.what()
                  << "; allowed are --camera ID, --list, --version\n";
        return exitUsage;
    }
    if (options.version) {
        std::cout << "picam-camera 1, libcamera " << builtAgainst() << "\n";
        return 0;
    }
    if (options.list) {
        CameraManager manager;
        if (manager.start() < 0) {
            std::cerr << "picam-camera: libcamera does not start\n";
            return exitFailed;
        }
        std::cout << list(manager).dump() << "\n";
        manager.stop();
        return 0;
    }
    const int code = speak(options);
    // The thread that waits for input ends with the process.
    std::fflush(nullptr);
    _exit(code);
}
