using Microsoft.Extensions.DependencyInjection;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Core.Lights;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Privacy;
using PiCam.Core.Recordings;
using PiCam.Core.Schedules;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Schedules;

/// <summary>What the schedule can do, on a whole panel with a camera, servos and a lamp that the test plays.</summary>
public sealed class ScheduleWorkTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IScheduleWork Work => Get<IScheduleWork>();

    [Fact]
    public async Task Still_IsTakenWithoutASelfTimer()
    {
        host.Camera.TakesStill = (request, _) => Task.FromResult(host.Camera.Still(request) with { Jpeg = LibraryRig.Jpeg() });

        await RunAsync(new ScheduleTask());

        Assert.Equal("PiCam", (await NewestAsync(MediaKind.Still)).By);
    }

    [Fact]
    public async Task Burst_IsKept()
    {
        var running = RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Burst, Count = 3 });
        while (!running.IsCompleted)
        {
            await host.PublishAsync(LibraryRig.Jpeg());
        }

        await running;
        Assert.Equal(MediaKind.Burst, (await NewestAsync(MediaKind.Burst)).Kind);
    }

    [Fact]
    public async Task Record_BeginsForAWhileBesideOthers()
    {
        var recorder = Get<Recorder>();
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Record, Duration = TimeSpan.FromHours(1) });
        recorder.Start(Callers.Operator);

        Assert.Equal(["PiCam", "otto"], recorder.State.Reasons.Select(reason => reason.By));
        recorder.Stop(Callers.Operator);
        await recorder.WhenIdleAsync(Token);
    }

    [Fact]
    public async Task Look_IsInForce()
    {
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Look, Target = Look.BuiltIn.Single(look => look.Name == "Night").Id });

        Assert.Equal(TimeSpan.FromSeconds(6), host.Session.State.Asked.ExposureTime);
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Look, Target = Look.BuiltIn[0].Id });
    }

    [Fact]
    public async Task PresetAndTour_TurnTheGimbal()
    {
        var (gimbal, presets) = (Get<Gimbal>(), Get<PresetBook>());
        var door = await presets.SetAsync(Callers.Operator, "Door", withLook: false, Token);
        gimbal.AbsoluteMove(Callers.Operator, 20, 5);
        await Eventually.TrueAsync(() => !gimbal.Status.Moving, "it has turned away", Token);

        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Preset, Target = door.Id });
        Assert.Equal((door.Position, false), (gimbal.Status.Position, gimbal.Status.Moving));

        var tour = await Get<TourBook>().SaveAsync(Callers.Operator, new Tour("", "Round", [new TourStop(door.Id, 3600)], Repeats: true));
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Tour, Target = tour.Id });
        Assert.Equal("PiCam", Get<TourGuide>().Running!.By);
        Get<TourGuide>().Stop(Callers.Operator);
    }

    [Fact]
    public async Task Lamp_GoesOnAndOff()
    {
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.LampOn });
        Assert.Equal(LightMode.On, Get<LightSwitches>().State(Light.Lamp)!.Mode);
        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.LampOff });
        Assert.Equal(LightMode.Off, Get<LightSwitches>().State(Light.Lamp)!.Mode);
    }

    [Fact]
    public async Task TimeLapse_IsStartedAgain()
    {
        var book = Get<TimeLapseBook>();
        var lapse = await book.CreateAsync(Callers.Operator, new TimeLapsePlan { Name = "Garden", Interval = TimeSpan.FromHours(1) });
        await book.EndAsync(Callers.Operator, lapse.Id);

        await RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.TimeLapse, Target = lapse.Id });

        Assert.Equal(lapse.Id, book.Running!.Id);
        await book.EndAsync(Callers.Operator, lapse.Id);
    }

    [Fact]
    public async Task WhatCannotBeDone_SaysWhy()
    {
        await Assert.ThrowsAsync<PresetMissingException>(() => RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Preset, Target = "nobody" }));
        await Get<PrivacySwitch>().SetAsync(Callers.Operator, true);
        await Eventually.TrueAsync(() => host.Session.State.Condition == CameraCondition.Private, "the camera is off", Token);
        try
        {
            await Assert.ThrowsAsync<CameraLostException>(() => RunAsync(new ScheduleTask { Kind = ScheduleTaskKind.Record }));
            Assert.IsAssignableFrom<ReasonException>(await Record.ExceptionAsync(() => RunAsync(new ScheduleTask())));
        }
        finally
        {
            await Get<PrivacySwitch>().SetAsync(Callers.Administrator, false);
            await host.GoLiveAsync(Token);
        }
    }

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private Task RunAsync(ScheduleTask task)
    {
        Assert.DoesNotContain(Work.Check(task), _ => task.Target != "nobody");
        return Work.RunAsync(new ScheduleEntry { Id = "e", Timing = new(), Task = task, By = "otto" }, Token);
    }

    private async Task<MediaItem> NewestAsync(MediaKind kind) =>
        (await Get<MediaLibrary>().PageAsync(Callers.Operator, new MediaQuery { Kinds = [kind], Count = 1 }, Token)).Entries.Single().Item;
}
