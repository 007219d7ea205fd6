namespace PiCam.Benchmarks;

/// <summary>One thing to measure.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="What">In a sentence.</param>
/// <param name="RunAsync">Measures it, each figure for about that long.</param>
/// <param name="Seconds">How long that is if nobody says otherwise.</param>
internal sealed record Scenario(string Name, string What, Func<Figures, TimeSpan, Task> RunAsync, int Seconds = 10)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("start", "from the start of the program to the first frame in a browser that is signed in already", (figures, _) => StartScenario.RunAsync(figures)),
        new("render", "what the simulated camera takes by itself: the panel without viewers, 1280×720", RenderScenario.RunAsync),
        new("mjpeg", "1280×720 at 30 fps, 90 KB each, from a camera that costs nothing, to readers in processes of their own", MjpegScenario.RunAsync, Seconds: 30),
        new("stalled", "a viewer of the same pictures stops reading, beside three others (R17)", StalledScenario.RunAsync),
        new("crowd", "20 viewers of three people at 10 fps; the panel, in a process of its own, plays a film of 1280×720 (R18)", CrowdScenario.RunAsync, Seconds: 30),
        new("connects", "200 viewers who come and go; the panel in a process of its own (R19)", (figures, _) => ConnectsScenario.RunAsync(figures)),
        new("transports", "the live page in browsers, each way the picture can travel; a camera that costs nothing", TransportScenario.RunAsync),
        new("circuits", "eight live pages without browsers, which acknowledge at once, by base64; the same pictures", CircuitScenario.RunAsync),
        new("links", "a live page that chooses by itself, behind slow links that all its connections share; pictures of the simulated camera, 1280×720, drawn before", LinkScenario.RunAsync, Seconds: 20),
        new("footprint", "a published panel: start, memory, and what it takes while nobody looks", (figures, _) => FootprintScenario.RunAsync(figures)),
        new("little", "the same panel with 160 MB for everything: its memory, and the system's copies of its files", (figures, _) => FootprintScenario.RunWithLittleAsync(figures)),
        new("aim", "from a move of the pointer on the joystick to the servo write that it causes", (figures, _) => AimScenario.RunAsync(figures)),
        new("library", "the library's index with 100 000 items", (figures, _) => LibraryScenario.RunAsync(figures)),
        new("helper", "the camera helper on libcamera's virtual camera, 1280×720, 30 fps", HelperScenario.RunAsync),
        new("libcamera", "this process's part of a libcamera camera; a script plays the helper and its sensor", LibcameraScenario.RunAsync),
        new("instruments", "what the instruments on the picture take of a page's own thread", InstrumentsScenario.RunAsync),
        new("recording", "what a recording takes of this process, and whether two live pages notice", RecordingScenario.RunAsync),
        new("soak", "viewers come and go, for 1000 s (R20)", SoakScenario.RunAsync, Seconds: 1000),
    ];
}
