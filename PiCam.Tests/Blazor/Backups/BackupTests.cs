using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Tests.Blazor.Api;
using Xunit;

namespace PiCam.Tests.Blazor.Backups;

/// <summary>Tests that share a panel, and leave neither settings nor a staged restore to one another.</summary>
public abstract class BackupTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected DataFolder Folder => Host.Services.GetRequiredService<DataFolder>();

    protected ApiHost Host { get; } = host;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        File.Delete(Folder.Restore);
        File.Delete(Folder.Settings);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
