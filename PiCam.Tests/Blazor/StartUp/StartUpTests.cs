using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.StartUp;

/// <summary>A start that cannot succeed ends with one clear sentence per reason and a non-zero exit code.</summary>
public sealed class StartUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string[], string[]> WrongConfigurations => new()
    {
        { ["--Camera:Source=foo"], ["Camera:Source", "foo", "simulated"] },
        { ["--Camera:Source=ffmpeg"], ["Camera:Path"] },
        { ["--Camera:Width=abc"], ["Camera:Width", "abc"] },
        { ["--Camera:Width=3", "--Camera:Quality=0"], ["Camera:Width", "Camera:Quality"] },
        { ["--Gimbal:Driver=magic"], ["Gimbal:Driver", "magic"] },
        { ["--Gimbal:Pan:MinimumAngle=50", "--Gimbal:Pan:MaximumAngle=-50"], ["Gimbal:Pan", "MinimumAngle", "50"] },
        { ["--Network:AllowedHosts:0=bad name"], ["Network:AllowedHosts", "bad name"] },
        { ["--Network:KnownProxies:0=proxy.lan"], ["Network:KnownProxies:0", "proxy.lan"] },
        { ["--Https:Mode=perhaps"], ["Https:Mode", "perhaps", "own"] },
        { ["--Https:Mode=own"], ["Https:Certificate"] },
        { ["--Https:Mode=own", "--Https:Certificate=/nowhere/cert.pem"], ["Https:Certificate", "/nowhere/cert.pem"] },
        { ["--Https:Mode=off", "--urls", "https://127.0.0.1:0"], ["HTTPS", "Https:Mode=local", "--urls"] },
        { ["--Https:Hsts=true"], ["Https:Hsts", "own"] },
        { ["--Https:Hsts=maybe"], ["Https:Hsts", "maybe"] },
    };

    [Theory]
    [MemberData(nameof(WrongConfigurations))]
    public async Task Configuration_ThatCannotBeUsed_NamesTheKeyAndTheValue(string[] arguments, string[] named)
    {
        using var folder = new TemporaryFolder();
        var errors = await FailAsync(folder["data"], ["--urls", "http://127.0.0.1:0", .. arguments]);
        Assert.All(named, word => Assert.Contains(word, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Port_Taken_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var errors = await FailAsync(folder["data"], ["--urls", $"http://{taken.LocalEndpoint}"]);

        Assert.Contains("already in use", errors, StringComparison.Ordinal);
        Assert.Contains("--urls", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecurePort_Taken_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var errors = await FailAsync(folder["data"], ["--urls", $"http://127.0.0.1:0;https://{taken.LocalEndpoint}"]);

        Assert.Contains($"https://{taken.LocalEndpoint}: address already in use", errors, StringComparison.Ordinal);
        Assert.Contains("--urls", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authority_Damaged_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data/certs"]);
        await File.WriteAllTextAsync(folder["data/certs/authority.pem"], "nonsense", Token);

        var errors = await FailAsync(folder["data"], ["--urls", "http://127.0.0.1:0"]);

        Assert.Contains("authority.pem", errors, StringComparison.Ordinal);
        Assert.Equal("nonsense", await File.ReadAllTextAsync(folder["data/certs/authority.pem"], Token));
    }

    [Fact]
    public async Task DataFolder_Unwritable_NamesIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "in the way", Token);

        // Below a regular file nobody can write, not even root.
        var errors = await FailAsync(folder["file/data"], ["--urls", "http://127.0.0.1:0"]);

        Assert.Contains(folder["file/data"], errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_OfANewerVersion_IsLeftAlone()
    {
        using var folder = new TemporaryFolder();
        await PanelProcess.RunAsync(folder["data"], "long enough now\n", "user", "add", "ana", "--role", "Administrator");
        await using (var database = new SqliteConnection($"Data Source={folder["data/picam.db"]};Pooling=False"))
        {
            await database.OpenAsync(Token);
            await using var command = database.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0.0')";
            await command.ExecuteNonQueryAsync(Token);
        }

        var errors = await FailAsync(folder["data"], ["--urls", "http://127.0.0.1:0"]);

        Assert.Contains("newer", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_Damaged_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllTextAsync(folder["data/picam.db"], new string('x', 8192), Token);

        var errors = await FailAsync(folder["data"], ["--urls", "http://127.0.0.1:0"]);

        Assert.Contains("picam.db", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAnEmptyFolder_SaysAddressCameraGimbalAndCodeAndNothingElse()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        await Eventually.TrueAsync(
            () => panel.Output.Any(line => line.Contains("setup?code=", StringComparison.Ordinal)), "the code is printed", Token);
        var text = string.Join('\n', panel.Output);

        Assert.Contains(panel.Address, text, StringComparison.Ordinal);
        Assert.Contains("Camera: simulated OV5647", text, StringComparison.Ordinal);
        Assert.Contains("Gimbal: simulated", text, StringComparison.Ordinal);
        Assert.Contains(await panel.SetupCodeAsync(Token), text, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", text, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(string dataFolder, string[] arguments)
    {
        var failed = await PanelProcess.RunAsync(dataFolder, "", arguments);
        Assert.NotEqual(0, failed.ExitCode);
        Assert.NotEmpty(failed.Errors);
        Assert.DoesNotContain("   at ", failed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", failed.Errors, StringComparison.Ordinal);
        return failed.Errors;
    }
}
