using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Presets;

/// <summary>Takes and keeps the small pictures of presets.</summary>
internal sealed class PresetPictures(CameraSession camera, ISettingsStore store)
{
    private const int Width = 192;

    // A camera that somebody watches has a picture at hand; one that sleeps needs a moment to wake.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Whether there was a picture to take.</returns>
    public async Task<bool> TakeAsync(string id, CancellationToken cancellationToken)
    {
        if (camera.State.Condition != CameraCondition.Live
            || await camera.PictureAsync(Patience, cancellationToken).ConfigureAwait(false) is not { } frame
            || JpegThumbnail.Make(frame.Jpeg, Width) is not { } small)
        {
            return false;
        }

        await SaveAsync(id, new PresetThumbnail(small)).ConfigureAwait(false);
        return true;
    }

    public ValueTask<PresetThumbnail?> LoadAsync(string id, CancellationToken cancellationToken) =>
        store.LoadAsync<PresetThumbnail>(Key(id), cancellationToken);

    public ValueTask SaveAsync(string id, PresetThumbnail picture) => store.SaveAsync(Key(id), picture, CancellationToken.None);

    public ValueTask RemoveAsync(string id) => store.RemoveAsync(Key(id), CancellationToken.None);

    private static string Key(string id) => $"gimbal.presets.{id}.thumbnail";
}
