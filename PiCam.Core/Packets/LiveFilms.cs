using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Core.Recordings;

namespace PiCam.Core.Packets;

/// <summary>The live picture as H.264, once for each speed of link that somebody watches over: the same rungs for all, each made only while it is wanted.</summary>
public sealed class LiveFilms : BackgroundService
{
    // Each takes a good part of a core.
    private const int MostAtOnce = 3;

    private readonly IRecordingEncoder encoder;
    private readonly LiveFilm[] films;

    public LiveFilms(CameraSession camera, IRecordingEncoder encoder, TimeProvider time, ILogger<LiveFilms> logger)
    {
        this.encoder = encoder;
        var rate = new CameraRate();
        films = [.. FilmRung.All.Select(rung => new LiveFilm(rung, camera, rate, encoder, time, logger))];
    }

    /// <summary>Why no film comes: it cannot be made here, or fails again and again; null: it comes.</summary>
    public async Task<Reason?> FaultAsync(CancellationToken cancellationToken) =>
        films.Select(film => film.Fault).FirstOrDefault(fault => fault is not null) ?? await encoder.FaultAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A viewer who gets the film that its link can carry.</summary>
    public FilmSubscription Subscribe(TimeProvider time) => new(this, time);

    /// <summary>The packets of one rung. Who subscribes has them made.</summary>
    internal PacketHub this[int rung] => films[rung].Packets;

    /// <summary>Where somebody watches who wants another rung: there, or on the next lower one that is made already, where enough are made. The lowest, which takes least, there is for everybody.</summary>
    /// <param name="rung">The wanted one.</param>
    /// <param name="present">Where they are now; made no longer if nobody else is there. Null: nowhere.</param>
    internal int Nearest(int rung, int? present)
    {
        var others = films.Count(film => film.Packets.Wanted) - (present is { } mine && films[mine].Packets.Subscribers == 1 ? 1 : 0);
        if (rung == 0 || films[rung].Packets.Wanted || others < MostAtOnce)
        {
            return rung;
        }

        return Math.Max(0, Array.FindLastIndex(films, rung, film => film.Packets.Wanted));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(films.Select(film => film.RunAsync(stoppingToken)));
}
