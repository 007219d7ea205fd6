using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class LiveComponentTests
{
    [Fact]
    public async Task Pulses_WhileTheBrowserDoesNotAcknowledge_TheRenderThatFollowsShowsTheNewest()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new SlowBrowserRenderer(services);
        var clock = new Clock();
        await renderer.Dispatcher.InvokeAsync(() => renderer.RenderAsync(clock));
        Assert.Equal([0], clock.Shown);

        renderer.IsFull = true;
        foreach (var hour in Enumerable.Range(1, 3))
        {
            clock.Strike(hour);
            await Eventually.TrueAsync(() => Volatile.Read(ref clock.Read) == hour, "the pulse came", TestContext.Current.CancellationToken);
        }

        Assert.Equal([0], clock.Shown);
        await renderer.Dispatcher.InvokeAsync(renderer.Acknowledge);
        Assert.Equal([0, 3], clock.Shown);
    }

    /// <summary>Shows the hour of the last stroke.</summary>
    private sealed class Clock : LiveComponent
    {
        private int hour;

        public int Read;

        private event Action? Changed;

        public List<int> Shown { get; } = [];

        public void Strike(int now)
        {
            Volatile.Write(ref hour, now);
            Changed?.Invoke();
        }

        protected override void OnInitialized()
        {
            base.OnInitialized();
            Follow(pulse => Changed += pulse, pulse => Changed -= pulse);
        }

        protected override void ReadState() => Volatile.Write(ref Read, Volatile.Read(ref hour));

        protected override void BuildRenderTree(RenderTreeBuilder builder) => Shown.Add(Read);
    }

#pragma warning disable BL0006 // No other way to a renderer that waits; the versions are pinned.
    /// <summary>As the panel's own: it does not render while too much is on the way to the browser.</summary>
    private sealed class SlowBrowserRenderer(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
    {
        public bool IsFull { get; set; }

        public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

        public Task RenderAsync(IComponent component) => RenderRootComponentAsync(AssignRootComponentId(component));

        public void Acknowledge()
        {
            IsFull = false;
            ProcessPendingRender();
        }

        protected override void ProcessPendingRender()
        {
            if (!IsFull)
            {
                base.ProcessPendingRender();
            }
        }

        protected override void HandleException(Exception exception) => throw exception;

        protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;
    }
#pragma warning restore BL0006
}
