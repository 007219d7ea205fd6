using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <content>What the helper is told, and which change its answers belong to.</content>
internal sealed partial class LibcameraStream
{
    /// <summary>Ranges, the field and the frame rates are those of the configuration: what people asked for is put into its terms.</summary>
    private Task SendAgainAsync(CancellationToken cancellationToken)
    {
        (CameraControls Controls, long Version) now;
        lock (gate)
        {
            now = inForce;
        }

        return SendControlsAsync(CameraControlsRules.Fit(now.Controls, Capabilities), now.Version, cancellationToken);
    }

    private Task ConfigureAsync(
        CameraControls controls, long? version, bool restart, CancellationToken cancellationToken, CameraControls? before = null)
    {
        var command = LibcameraRequest.Configure(controls, options.Size, options.Quality, capabilities?.Flips ?? true, restart);
        var set = Set(controls);

        // In terms of the configuration before this one; they follow with its answer.
        set.Remove(LibcameraNames.ScalerCrop);
        set.Remove(LibcameraNames.FrameDurationLimits);
        command["controls"] = set;
        return SendAsync(command, version, cancellationToken, before);
    }

    private Task SendControlsAsync(CameraControls controls, long version, CancellationToken cancellationToken) =>
        SendAsync(new JsonObject { ["command"] = "controls", ["controls"] = Set(controls) }, version, cancellationToken);

    /// <summary>Whether pictures of half the size are wanted, for the helper that has them: an older one does not know the command.</summary>
    private Task TellHalfAsync(CancellationToken cancellationToken)
    {
        bool wanted;
        lock (gate)
        {
            wanted = halfWanted;
            if (!hasHalf || halfTold == wanted)
            {
                return Task.CompletedTask;
            }

            halfTold = wanted;
        }

        return SendAsync(new JsonObject { ["command"] = "half", ["on"] = wanted }, null, cancellationToken);
    }

    private JsonObject Set(CameraControls controls) => capabilities is { } known
        ? LibcameraRequest.Controls(controls, known, offered)
        : new JsonObject();

    private async Task SendAsync(
        JsonObject command,
        long? version,
        CancellationToken cancellationToken,
        CameraControls? before = null,
        PendingStill? still = null)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = ++lastId;
            command["id"] = id;
            lock (gate)
            {
                if (version is { } carried)
                {
                    versions[id] = carried;
                    if (before is not null)
                    {
                        configuring[id] = (before, carried);
                    }
                }

                if (still is not null)
                {
                    stills[id] = still;
                }
            }

            var line = JsonSerializer.SerializeToUtf8Bytes(command);
            await child!.Input.WriteAsync((byte[])[.. line, (byte)'\n'], cancellationToken).ConfigureAwait(false);
            await child.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw new CameraLostException(trouble ?? CameraLoss.HelperFailed("picam-camera does not listen any more"), exception);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>A configuration that failed: the one before it runs on.</summary>
    private void TakeBack(long id, string why)
    {
        if (capabilities is null)
        {
            unconfigured = CameraLoss.HelperFailed(why);
            return;
        }

        lock (gate)
        {
            if (configuring.Remove(id, out var change))
            {
                if (inForce.Version == change.Version)
                {
                    inForce = (change.Before, change.Version);
                }

                refusal = new CameraRefusal(change.Version, CameraLoss.ChangeRefused(why));
            }
        }
    }

    private long VersionOf(long controlsId)
    {
        lock (gate)
        {
            var version = versions.GetValueOrDefault(controlsId);
            foreach (var old in versions.Keys.Where(id => id < controlsId).ToList())
            {
                versions.Remove(old);
            }

            return version;
        }
    }
}
