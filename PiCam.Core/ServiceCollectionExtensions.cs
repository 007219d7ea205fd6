using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PiCam.Core.Boards;
using PiCam.Core.Broadcasts;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Exports;
using PiCam.Core.Films;
using PiCam.Core.Frames.Sizes;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Calibration;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Core.Lights;
using PiCam.Core.Media;
using PiCam.Core.Packets;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Privacy;
using PiCam.Core.Recordings;
using PiCam.Core.Schedules;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.TimeLapses;
using PiCam.Core.Viewing;

namespace PiCam.Core;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// The camera session, who watches, the gimbal, the lights, the library and its films, and the board's health. Needs an ICamera, an IBoard, an IPowerSwitch, an
    /// ISettingsStore, an ISetupState, an IMediaFiles, an IMediaIndex an IFilmEncoder and an IRecordingEncoder from elsewhere, and takes a GimbalHardware and a LightHardware where there is one.
    /// </summary>
    public static IServiceCollection AddPiCamCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PrivacySwitch>();
        services.AddSingleton<CameraSession>();
        services.AddHostedService(provider => provider.GetRequiredService<CameraSession>());
        services.AddSingleton<FrameSizes>();
        services.AddHostedService(provider => provider.GetRequiredService<FrameSizes>());
        services.AddSingleton<LiveFilms>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFilms>());
        services.AddSingleton<LookLock>();
        services.AddHostedService(provider => provider.GetRequiredService<LookLock>());
        services.AddSingleton<LookBook>();
        services.AddHostedService(provider => provider.GetRequiredService<LookBook>());
        services.AddSingleton<Viewers>();
        services.AddSingleton<Gimbal>();

        // Before the gimbal: it asks its servos where they stand, in degrees that the calibration makes of pulses.
        services.AddSingleton<Calibrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Calibrator>());
        services.AddSingleton<JitterCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<Gimbal>());
        services.AddSingleton<PictureAim>();
        services.AddSingleton<PresetBook>();
        services.AddHostedService(provider => provider.GetRequiredService<PresetBook>());
        services.AddSingleton<TourBook>();
        services.AddHostedService(provider => provider.GetRequiredService<TourBook>());
        services.AddSingleton<TourGuide>();
        services.AddHostedService(provider => provider.GetRequiredService<TourGuide>());
        services.AddSingleton<CameraName>();
        services.AddHostedService(provider => provider.GetRequiredService<CameraName>());
        services.AddSingleton<PictureStamp>();
        services.AddHostedService(provider => provider.GetRequiredService<PictureStamp>());
        services.AddSingleton<PictureContext>();
        services.AddSingleton<PictureKeeper>();
        services.AddSingleton<StillCamera>();
        services.AddHostedService(provider => provider.GetRequiredService<StillCamera>());
        services.AddSingleton<SequenceCamera>();
        services.AddHostedService(provider => provider.GetRequiredService<SequenceCamera>());
        services.AddSingleton<LightSwitches>();
        services.AddHostedService(provider => provider.GetRequiredService<LightSwitches>());
        services.AddSingleton<BoardMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<BoardMonitor>());
        services.AddSingleton<BoardPower>();
        services.AddSingleton<MediaStorage>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaStorage>());
        services.AddSingleton<MediaLibrary>();

        // Before the upkeep, which removes what earlier runs left behind.
        services.AddSingleton<RecordingParts>();
        services.AddHostedService<RecordingRescue>();
        services.AddSingleton<Recorder>();
        services.AddHostedService(provider => provider.GetRequiredService<Recorder>());
        services.AddSingleton<Broadcast>();
        services.AddHostedService(provider => provider.GetRequiredService<Broadcast>());
        services.AddSingleton<MediaUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaUpkeep>());
        services.AddHostedService<RecordingIndexing>();
        services.AddSingleton<MediaRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaRetention>());
        services.AddSingleton<FilmEditor>();
        services.AddHostedService<FilmMeasuring>();
        services.AddSingleton<MediaExport>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaExport>());
        services.AddSingleton<FilmMaker>();
        services.AddHostedService(provider => provider.GetRequiredService<FilmMaker>());
        services.AddSingleton<PlaceSetting>();
        services.AddHostedService(provider => provider.GetRequiredService<PlaceSetting>());
        services.AddSingleton<TimeLapseBook>();
        services.AddHostedService(provider => provider.GetRequiredService<TimeLapseBook>());
        services.AddHostedService<TimeLapseRunner>();
        services.AddSingleton<IScheduleWork, ScheduleWork>();
        services.AddSingleton<ScheduleBook>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduleBook>());
        services.AddHostedService<ScheduleRunner>();
        return services;
    }
}
