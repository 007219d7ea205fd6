using System.Device.I2c;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiCam.Core;
using PiCam.Core.Boards;
using PiCam.Core.Broadcasts;
using PiCam.Core.Cameras;
using PiCam.Core.Exports;
using PiCam.Core.Films;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Boards;
using PiCam.Hardware.Broadcasts;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.Exports;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Films;
using PiCam.Hardware.Gimbals;
using PiCam.Hardware.Libcamera;
using PiCam.Hardware.Lines;
using PiCam.Hardware.Media;
using PiCam.Hardware.Network;
using PiCam.Hardware.Processes;
using PiCam.Hardware.Recordings;
using PiCam.Hardware.Rpicam;
using PiCam.Hardware.Simulated;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware;

public static class ServiceCollectionExtensions
{
    /// <summary>The camera, and the gimbal if there is one, that the sections <c>Camera</c> and <c>Gimbal</c> ask for.</summary>
    public static IServiceCollection AddPiCamHardware(this IServiceCollection services, IConfiguration configuration) =>
        AddPiCamHardware(services, configuration, new BoardModel());

    /// <summary>What finds cameras, without one that runs.</summary>
    public static IServiceCollection AddPiCamCameraFinder(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var helper = configuration[$"{CameraOptions.Section}:{nameof(CameraOptions.Helper)}"];
        services.AddSingleton<ICameraFinder>(provider => new CameraFinder(
            helper, rpicam: null, V4l2Sighting.All,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CameraFinder>>()));
        return services;
    }

    /// <summary>The board itself: its health, and its restart.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="dataFolder">A folder on the disk that PiCam fills.</param>
    public static IServiceCollection AddPiCamBoard(this IServiceCollection services, Func<IServiceProvider, string> dataFolder)
    {
        services.AddSingleton(_ => new BoardModel());
        services.AddSingleton<IBoard>(provider => new LinuxBoard(provider.GetRequiredService<BoardModel>(), dataFolder(provider)));
        services.AddSingleton<IPowerSwitch>(provider => new LogindPowerSwitch(
            provider.GetRequiredService<BoardModel>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LogindPowerSwitch>>()));
        return services;
    }

    /// <summary>The library's files, and what makes films of them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Its section <c>Media</c> says how much of the disk they may fill.</param>
    /// <param name="folder">Where they are; need not exist yet, but its parent.</param>
    public static IServiceCollection AddPiCamMedia(
        this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, string> folder)
    {
        services.AddOptions<MediaOptions>().Bind(configuration.GetSection(MediaOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>());
        services.AddSingleton<IMediaFiles>(provider => new MediaFolder(folder(provider)));
        services.AddSingleton<IExportPlaces>(provider => new ExportPlaces(
            [.. provider.GetRequiredService<IOptions<MediaOptions>>().Value.ExportFolders], folder(provider), new MountTable(),
            provider.GetRequiredService<ILogger<ExportPlaces>>()));
        services.AddSingleton(provider => new FfmpegRecordingEncoder(
            "ffmpeg", provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FfmpegRecordingEncoder>>()));
        services.AddSingleton<IRecordingEncoder>(provider => provider.GetRequiredService<FfmpegRecordingEncoder>());
        services.AddSingleton<IBroadcaster>(provider => new FfmpegBroadcaster(
            "ffmpeg", provider.GetRequiredService<FfmpegRecordingEncoder>(), provider.GetRequiredService<TargetGuard>()));
        services.AddSingleton<IFilmFiles>(provider => new FfmpegFilmFiles(
            "ffmpeg", provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FfmpegFilmFiles>>()));
        services.AddSingleton<IFilmEncoder>(provider => new FfmpegFilmEncoder(
            "ffmpeg", provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FfmpegFilmEncoder>>()));
        return services;
    }

    internal static IServiceCollection AddPiCamHardware(this IServiceCollection services, IConfiguration configuration, BoardModel board)
    {
        var cameraSection = configuration.GetSection(CameraOptions.Section);
        var gimbalSection = configuration.GetSection("Gimbal");
        services.AddOptions<CameraOptions>().Bind(cameraSection).ValidateOnStart();
        services.AddOptions<GimbalOptions>().Bind(gimbalSection).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CameraOptions>, CameraOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GimbalOptions>, GimbalOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GimbalOptions>, GimbalDriverValidator>());
        services.AddOptions<TargetOptions>().Bind(configuration.GetSection(TargetOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TargetOptions>, TargetOptionsValidator>());
        var lights = configuration.GetSection(LightOptions.Section);
        services.AddOptions<LightOptions>().Bind(lights).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LightOptions>>(new LightOptionsValidator(gimbalSection)));
        if (lights[nameof(LightOptions.LedPin)] is not null || lights[nameof(LightOptions.LampPin)] is not null)
        {
            services.AddSingleton(provider => LightsOf(provider.GetRequiredService<IOptions<LightOptions>>().Value));
        }

        services.AddSingleton<TargetGuard>();
        services.AddPiCamCameraFinder(configuration);
        services.AddSingleton<ICameraTrial>(provider => new CameraTrial(
            path => FfmpegCameraFrom(provider, path), TimeSpan.FromSeconds(12), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(TimeProvider.System);

        services.AddHostedService<OrphanSweep>();

        // One mount for the servos that turn it and the camera that looks from it.
        services.AddSingleton<SimulatedMount>();

        // Read by name: what cannot be bound is reported, with everything else, when the options are validated.
        var selection = CameraSelection.From(
            cameraSection[nameof(CameraOptions.Source)] ?? "auto", gimbalSection[nameof(GimbalOptions.Driver)] ?? "auto", board, () => Pca9685.IsThere(ChipOf(gimbalSection)),
            gimbalSection[nameof(GimbalOptions.PanPin)] is not null && gimbalSection[nameof(GimbalOptions.TiltPin)] is not null);
        switch (selection.Camera)
        {
            case CameraKind.Ffmpeg:
                services.AddSingleton<ICamera>(provider =>
                    FfmpegCameraFrom(provider, OptionsOf(provider).Path!));
                break;
            case CameraKind.Simulated:
                services.AddSingleton<ICamera>(SimulatedCameraFrom);
                break;
            case CameraKind.Libcamera:
                services.AddSingleton<ICamera>(LibcameraCameraFrom);
                break;
            case CameraKind.Rpicam:
                services.AddSingleton<ICamera>(RpicamCameraFrom);
                break;
            default:
                services.AddSingleton<ICamera>(provider =>
                {
                    // Made once: it remembers what it found out of its camera.
                    var rpicam = RpicamCameraFrom(provider);
                    return new FoundCamera(
                        board, () => LibcameraCameraFrom(provider), () => rpicam, V4l2Sighting.All, path => FfmpegCameraFrom(provider, path));
                });
                break;
        }

        switch (selection.Gimbal)
        {
            case GimbalKind.Simulated:
                services.AddSingleton(provider => GimbalOf(provider.GetRequiredService<SimulatedMount>()));
                break;
            case GimbalKind.Pca9685:
                services.AddSingleton(provider =>
                {
                    var options = provider.GetRequiredService<IOptions<GimbalOptions>>().Value;
                    return new Pca9685(ChipAt(options.Bus, options.Address), options.OscillatorFrequency);
                });
                services.AddSingleton(provider => GimbalOf(
                    provider.GetRequiredService<Pca9685>(), provider.GetRequiredService<IOptions<GimbalOptions>>().Value));
                break;
            case GimbalKind.Pwm:
                services.AddSingleton(provider => PwmGimbalOf(provider.GetRequiredService<IOptions<GimbalOptions>>().Value));
                break;
            case GimbalKind.Software:
                services.AddKeyedSingleton(Axis.Pan, (provider, _) => SoftwareServoAt(provider, options => options.PanPin));
                services.AddKeyedSingleton(Axis.Tilt, (provider, _) => SoftwareServoAt(provider, options => options.TiltPin));
                services.AddSingleton(SoftwareGimbalOf);
                break;
        }

        return services;
    }

    private static LightHardware LightsOf(LightOptions options) => new(
        options.LedPin is { } led ? new GpioLine(led, options.LedActiveLow) : null,
        options.LampPin is { } lamp ? new GpioLine(lamp, options.LampActiveLow) : null);

    private static GimbalHardware GimbalOf(SimulatedMount mount) => new(
        new Reason("simulated", "driver.simulated"), new SimulatedServo(mount, Axis.Pan), new SimulatedServo(mount, Axis.Tilt), PulseRange.Widest);

    private static GimbalHardware GimbalOf(Pca9685 chip, GimbalOptions options) => new(
        new Reason($"PCA9685 on I²C bus {options.Bus}", "driver.pca9685", $"{options.Bus}"),
        new Pca9685Servo(chip, options.PanChannel),
        new Pca9685Servo(chip, options.TiltChannel),
        PulseRange.Careful);

    private static GimbalHardware PwmGimbalOf(GimbalOptions options)
    {
        var pins = new PwmPins(options.PwmChip);
        return new(
            new Reason($"hardware PWM on GPIO {options.PanPin} and {options.TiltPin}", "driver.pwm", $"{options.PanPin}", $"{options.TiltPin}"),
            new PwmServo(pins, options.PanPin, options.TiltPin),
            new PwmServo(pins, options.TiltPin, options.PanPin),
            PulseRange.Careful);
    }

    private static SoftwareServo SoftwareServoAt(IServiceProvider provider, Func<GimbalOptions, int> pin) =>
        new(new GpioLine(pin(provider.GetRequiredService<IOptions<GimbalOptions>>().Value)));

    private static GimbalHardware SoftwareGimbalOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<GimbalOptions>>().Value;
        return new(
            new Reason(
                $"software PWM on GPIO {options.PanPin} and {options.TiltPin}, which makes servos tremble", "driver.software", $"{options.PanPin}", $"{options.TiltPin}"),
            provider.GetRequiredKeyedService<SoftwareServo>(Axis.Pan),
            provider.GetRequiredKeyedService<SoftwareServo>(Axis.Tilt),
            PulseRange.Careful)
        {
            Trembles = true,
        };
    }

    // Before the options are validated: what cannot be read is not there, and reported with everything else.
    private static Func<I2cDevice> ChipOf(IConfigurationSection section) => () =>
    {
        var usual = new GimbalOptions();
        return int.TryParse(section[nameof(GimbalOptions.Bus)] ?? $"{usual.Bus}", null, out var bus)
            && int.TryParse(section[nameof(GimbalOptions.Address)] ?? $"{usual.Address}", null, out var address)
            ? ChipAt(bus, address)()
            : throw new IOException("The bus or the address is not a number.");
    };

    private static Func<I2cDevice> ChipAt(int bus, int address) => () => I2cDevice.Create(new I2cConnectionSettings(bus, address));

    private static CameraOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<CameraOptions>>().Value;

    private static string? IdOf(CameraOptions options) => string.IsNullOrWhiteSpace(options.Id) ? null : options.Id;

    private static RpicamCamera RpicamCameraFrom(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new RpicamCamera(
            new RpicamCameraOptions { Id = IdOf(options), Size = new(options.Width, options.Height), Quality = options.Quality },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RpicamCamera>>());
    }

    // The helper may be built while PiCam runs, so it is looked for each time that the camera is opened.
    private static LibcameraCamera LibcameraCameraFrom(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new LibcameraCamera(
            new LibcameraCameraOptions
            {
                Helper = HelperPlace.Find(options.Helper) ?? options.Helper ?? HelperPlace.Name,
                Id = IdOf(options),
                Size = new(options.Width, options.Height),
                Quality = options.Quality,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LibcameraCamera>>());
    }

    private static SimulatedCamera SimulatedCameraFrom(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new SimulatedCamera(
            new SimulatedCameraOptions
            {
                Width = options.Width,
                Height = options.Height,
                Seed = options.Seed,
                LampPeriod = TimeSpan.FromSeconds(options.LampPeriod),
                Quality = options.Quality,
            },
            provider.GetRequiredService<SimulatedMount>(),
            provider.GetRequiredService<TimeProvider>());
    }

    private static FfmpegCamera FfmpegCameraFrom(IServiceProvider provider, string path)
    {
        var options = OptionsOf(provider);
        return new FfmpegCamera(
            new FfmpegCameraOptions
            {
                Path = path,
                MaximumWidth = options.Width,
                MaximumHeight = options.Height,
                Quality = options.Quality,
            },
            provider.GetRequiredService<TargetGuard>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FfmpegCamera>>());
    }
}
