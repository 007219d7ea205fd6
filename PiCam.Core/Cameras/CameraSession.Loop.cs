namespace PiCam.Core.Cameras;

/// <content>Opening, reading, applying, and opening again.</content>
public sealed partial class CameraSession
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await setup.WhenDoneAsync(stoppingToken).ConfigureAwait(false);
        var backoff = new Backoff(Random.Shared);
        var loaded = false;
        while (true)
        {
            Enter(CameraCondition.Starting, null, null);
            liveSince = null;
            CancellationToken interrupted;
            lock (gate)
            {
                interruption = new CancellationTokenSource();
                interrupted = interruption.Token;
            }

            try
            {
                if (!loaded)
                {
                    await privacy.LoadAsync(stoppingToken).ConfigureAwait(false);
                    await LoadControlsAsync(stoppingToken).ConfigureAwait(false);
                    loaded = true;
                }

                await WaitForPrivacyAsync(stoppingToken).ConfigureAwait(false);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, interrupted);
                await RunOnceAsync(ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                backoff.ReportHealthy(TimeSpan.MaxValue);
            }
            catch (CameraLostException lost)
            {
                LogLost(lost.Message);
                await WaitAsync(lost.Reason).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a camera driver throws, the panel lives on, says so, and tries again.
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                LogFailed(unexpected);
                await WaitAsync(CameraLoss.Failed(unexpected.Message)).ConfigureAwait(false);
            }

            async Task WaitAsync(Reason why)
            {
                backoff.ReportHealthy(liveSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
                var wait = backoff.Next();
                Enter(CameraCondition.Lost, why, time.GetUtcNow() + wait);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, interrupted);
                await Task.Delay(wait, time, ending.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task WaitForPrivacyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                // Whoever switches it on from here on closes the hub again, and interrupts.
                if (!privacy.State.IsOn)
                {
                    Frames.Open();
                    break;
                }
            }

            Enter(CameraCondition.Private, null, null);
            await privacy.WhenOffAsync(cancellationToken).ConfigureAwait(false);
            Enter(CameraCondition.Starting, null, null);
        }
    }

    private async Task LoadControlsAsync(CancellationToken cancellationToken)
    {
        var stored = await store.LoadAsync<CameraControls>(SettingKey, cancellationToken).ConfigureAwait(false);
        if (stored is not null)
        {
            lock (gate)
            {
                Ask(stored);
            }
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var (controls, openedWith) = Desired();
        await using var stream = await camera.OpenAsync(controls, openedWith, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            Learn(stream.Capabilities);
        }

        meter.Reset();
        somethingToApply.Writer.TryWrite(true);
        using var run = new CameraRun(stream, openedWith);
        Begin(run);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On a thread of its own choosing: a camera that is always late would never let go of this one.
        var reading = Task.Run(() => ReadAsync(stream, ending.Token), CancellationToken.None);
        var applying = ApplyAsync(run, ending.Token);
        var ended = await Task.WhenAny(reading, applying).ConfigureAwait(false);
        await FinishAsync(run, ended).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, applying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What was before the next picture is not what was before the loss.
        Frames.Ring.Forget();
        await ended.ConfigureAwait(false);
    }

    private async Task ReadAsync(ICameraStream stream, CancellationToken cancellationToken)
    {
        var reported = 0L;
        while (true)
        {
            var frame = await stream.ReadAsync(cancellationToken).ConfigureAwait(false);
            liveSince ??= time.GetTimestamp();
            meter.Count();
            if (frame.HasPicture && Frames.Wanted)
            {
                Frames.Publish(frame);
            }

            bool news;
            lock (gate)
            {
                Learn(stream.Capabilities);
                confirmation.Saw(frame.Metadata);
                actual = frame.Metadata;
                dropped = stream.DroppedFrames;
                restartGap = stream.RestartGap;
                TakeBack(stream.Refusal);
                Move();
                news = condition != CameraCondition.Live;
                (condition, reason, retryAt) = (CameraCondition.Live, null, null);
                if (somethingPending)
                {
                    somethingPending = confirmation.Conditions(asked, actual, capabilities)
                        .Any(c => c.Value == ControlCondition.Pending);
                    news |= !somethingPending;
                }
            }

            if (news || time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = time.GetTimestamp();
                Changed?.Invoke();
            }
        }
    }

    /// <summary>Call under the lock.</summary>
    private void Learn(CameraCapabilities reported)
    {
        if (!ReferenceEquals(capabilities, reported))
        {
            capabilities = reported;
            Ask(CameraControlsRules.Fit(asked, capabilities));
            somethingToApply.Writer.TryWrite(true);
        }
    }

    /// <summary>Call under the lock. A change that came after the refused one stands, and may be refused itself.</summary>
    private void TakeBack(CameraRefusal? refusal)
    {
        if (refusal?.Version == version)
        {
            refused = refusal.Reason;
            Ask(beforeNewest);
            somethingToApply.Writer.TryWrite(true);
        }
    }

    // One update in flight; what changes meanwhile is one more update with the newest state.
    private async Task ApplyAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var stream = run.Stream;
        var (encoding, half) = (true, false);
        var inForce = Desired().Controls;
        while (true)
        {
            await somethingToApply.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (controls, wanted) = Desired();
            if (wanted != run.Applied)
            {
                lock (gate)
                {
                    beforeNewest = inForce;
                }

                inForce = controls;
                await stream.ApplyAsync(controls, wanted, cancellationToken).ConfigureAwait(false);
                lock (gate)
                {
                    run.Applied = wanted;
                    Move();
                }
            }

            if (Frames.Wanted != encoding)
            {
                encoding = !encoding;
                await stream.SetEncodingAsync(encoding, cancellationToken).ConfigureAwait(false);
                if (!encoding)
                {
                    Frames.Clear();
                }

                // It may have changed again meanwhile.
                somethingToApply.Writer.TryWrite(true);
            }

            if (Frames.HalfWanted != half)
            {
                half = !half;
                await stream.SetHalfAsync(half, cancellationToken).ConfigureAwait(false);
                somethingToApply.Writer.TryWrite(true);
            }
        }
    }
}
