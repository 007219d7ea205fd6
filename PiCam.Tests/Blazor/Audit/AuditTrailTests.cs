using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Data;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Audit;

/// <summary>What people did on a real database, whose disk takes nothing for a while; and what goes when there is too much of it.</summary>
public sealed class AuditTrailTests : IAsyncLifetime
{
    private const int Waiting = 4096;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CollectedLog log = new();
    private readonly ServiceProvider services;
    private readonly Disk disk;
    private readonly AuditTrail trail;

    public AuditTrailTests()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddPiCamData(new ConfigurationBuilder().AddInMemoryCollection([new(DataFolder.Key, folder["data"])]).Build());
        services = collection.BuildServiceProvider();
        disk = new Disk(services.GetRequiredService<IDbContextFactory<PiCamDbContext>>());
        trail = new AuditTrail(disk, time, log);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await services.GetRequiredService<DatabasePreparation>().PrepareAsync(Token);

    public async ValueTask DisposeAsync()
    {
        trail.Dispose();
        await services.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Record_MoreThanMayWait_SaysHowManyAreLost()
    {
        for (var i = 0; i < Waiting + 7; i++)
        {
            trail.Record(Callers.Administrator, AuditAction.MediaDeleted, $"{i}");
        }

        await trail.FlushAsync(Token);
        trail.Record(Callers.Administrator, AuditAction.SignedOut);
        await trail.FlushAsync(Token);

        var rows = await RowsAsync();
        Assert.Equal(Waiting + 2, rows.Count);
        Assert.Equal("7", Assert.Single(rows, row => row.Action == AuditAction.EntriesLost).Subject);
        Assert.Contains(log.Lines, line => line.StartsWith("7 entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_GivenUpWhileTheDiskIsFull_LosesNothing()
    {
        disk.IsFull = true;
        trail.Record(Callers.Administrator, AuditAction.Restarted, "PiCam");
        using var impatient = new CancellationTokenSource();
        var flushing = trail.FlushAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing);

        disk.IsFull = false;
        trail.Record(Callers.Administrator, AuditAction.SignedOut);
        await trail.FlushAsync(Token);

        Assert.Equal([AuditAction.Restarted, AuditAction.SignedOut], (await RowsAsync()).Select(row => row.Action));
    }

    [Fact]
    public async Task Stop_WhileTheDiskIsFull_EndsAndSaysHowManyAreLost()
    {
        await trail.StartAsync(Token);
        disk.IsFull = true;
        foreach (var name in new[] { "a", "b", "c" })
        {
            trail.Record(Callers.Administrator, AuditAction.UserAdded, name);
        }

        var stopping = trail.StopAsync(Token);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return stopping.IsCompleted;
            },
            "it ends",
            Token);

        await stopping;
        Assert.Contains(log.Lines, line => line.StartsWith("3 entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RemoveOld_AfterAFloodOfWrongGuesses_KeepsWhatPeopleDid()
    {
        trail.Record(Callers.Administrator, AuditAction.UserAdded, "eve (Administrator)");
        await trail.FlushAsync(Token);
        await FloodAsync(AuditAction.SignInFailed, whoId: null, AuditLog.MostFailures + 500);
        await FloodAsync(AuditAction.LockedOut, whoId: null, 100);
        await FloodAsync(AuditAction.SignedIn, whoId: "v", AuditLog.Most - 1);
        var audit = new AuditLog(services.GetRequiredService<IDbContextFactory<PiCamDbContext>>(), new MemorySettingsStore(), new FakeAudit(), time);

        await audit.RemoveOldAsync(Token);

        Assert.Equal(AuditLog.MostFailures, await CountAsync(row => row.WhoId == null));
        Assert.Equal(100, await CountAsync(row => row.Action == AuditAction.LockedOut));
        Assert.Equal(1, await CountAsync(row => row.Action == AuditAction.UserAdded));

        // One more of what people do themselves, and the oldest goes.
        await FloodAsync(AuditAction.SignedIn, whoId: "v", 1);
        await audit.RemoveOldAsync(Token);
        Assert.Equal(0, await CountAsync(row => row.Action == AuditAction.UserAdded));
        Assert.Equal(AuditLog.MostFailures, await CountAsync(row => row.WhoId == null));
    }

    private async Task FloodAsync(AuditAction action, string? whoId, int count)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        await context.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO AuditRows (At, Action, Who, WhoId) SELECT {time.GetUtcNow().UtcTicks}, {action.ToString()}, 'x', {whoId} FROM n
            """,
            Token);
    }

    private async Task<int> CountAsync(System.Linq.Expressions.Expression<Func<AuditRow, bool>> which)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        return await context.AuditRows.CountAsync(which, Token);
    }

    private async Task<List<AuditRow>> RowsAsync()
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        return await context.AuditRows.OrderBy(row => row.Id).ToListAsync(Token);
    }

    private sealed class Disk(IDbContextFactory<PiCamDbContext> contexts) : IDbContextFactory<PiCamDbContext>
    {
        public bool IsFull { get; set; }

        public PiCamDbContext CreateDbContext() => IsFull
            ? throw new SqliteException("database or disk is full", 13)
            : contexts.CreateDbContext();
    }

    private sealed class CollectedLog : ILogger<AuditTrail>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
