using PiCam.Core.Cameras;
using PiCam.Core.Films;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Recordings;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api.Events;

/// <summary>What programs can follow.</summary>
internal static class EventSources
{
    public static IServiceCollection AddPiCamEvents(this IServiceCollection services)
    {
        services.AddSingleton<MediaNews>();
        services.AddEventSource<CameraSession>("camera", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, CameraNewsDocument.From);
        services.AddEventSource<LookLock>("look", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, LookDocument.From);
        services.AddEventSource<StillCamera>("stills", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, StillsDocument.From);
        services.AddEventSource<TimeLapseBook>(
            "timelapses", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, s => s.All.Select(TimeLapseDocument.From).ToArray());
        services.AddEventSource<MediaNews>("media", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, s => s.Now);
        services.AddEventSource<SequenceCamera>("bursts", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, BurstsDocument.From);
        services.AddEventSource<Recorder>("recording", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, RecordingDocument.From);
        services.AddEventSource<FilmMaker>("films", (s, told) => s.Changed += told, (s, told) => s.Changed -= told, s => s.All.Select(FilmDocument.From).ToArray());
        return services;
    }

    private static void AddEventSource<T>(
        this IServiceCollection services, string name, Action<T, Action> subscribe, Action<T, Action> unsubscribe, Func<T, object> snapshot)
        where T : class =>
        services.AddSingleton(provider =>
        {
            var service = provider.GetRequiredService<T>();
            return new EventSource(name, told => subscribe(service, told), told => unsubscribe(service, told), () => snapshot(service));
        });
}
