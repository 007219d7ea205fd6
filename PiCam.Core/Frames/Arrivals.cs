namespace PiCam.Core.Frames;

/// <summary>Who waits for the next picture of a hub. To be used under the hub's lock.</summary>
internal sealed class Arrivals
{
    private readonly List<Arrival> waiting = [];

    /// <summary>A reader is about to wait.</summary>
    public void Add(Arrival arrival)
    {
        arrival.Reset();
        waiting.Add(arrival);
    }

    /// <summary>A picture is there.</summary>
    public void SetAll()
    {
        foreach (var arrival in waiting)
        {
            arrival.Set();
        }

        waiting.Clear();
    }

    /// <returns>False: it has been told of a picture already.</returns>
    public bool Remove(Arrival arrival) => waiting.Remove(arrival);
}
