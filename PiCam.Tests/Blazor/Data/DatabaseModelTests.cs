using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Data;

/// <summary>What <c>dotnet ef</c> made of the database's model is of the present one.</summary>
public sealed partial class DatabaseModelTests : IDisposable
{
    private const string Space = "PiCam.Blazor.Data.Compiled";

    private readonly PiCamDbContext context = new PiCamDbContextFactory().CreateDbContext([]);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        context.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Migrations_MakeIt() => Assert.False(
        context.Database.HasPendingModelChanges(), "dotnet ef migrations add <Name> --project PiCam.Blazor --output-dir Data/Migrations");

    [Fact]
    public void Compiled_IsIt()
    {
        var made = Read(Scaffold());
        var kept = Read(Directory.GetFiles(Path.Combine(SourceTree.Root, "PiCam.Blazor", "Data", "Compiled")));

        Assert.Equal(made.Keys.Order(), kept.Keys.Order());
        Assert.All(made, file => Assert.True(
            file.Value == kept[file.Key], $"{file.Key}: dotnet ef dbcontext optimize --project PiCam.Blazor --output-dir Data/Compiled --namespace {Space}"));
    }

    // Each one made has another number.
    private static Dictionary<string, string> Read(IEnumerable<string> files) =>
        files.ToDictionary(path => Path.GetFileName(path), path => Number().Replace(File.ReadAllText(path), ""));

    [GeneratedRegex("""modelId: new Guid\("[0-9a-f-]{36}"\)""")]
    private static partial Regex Number();

    // As dotnet ef does.
    private IReadOnlyList<string> Scaffold()
    {
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(context);
        var database = typeof(SqliteDbContextOptionsBuilderExtensions).Assembly;
        var ofDatabase = database.GetType(database.GetCustomAttribute<DesignTimeProviderServicesAttribute>()!.TypeName)!;
        ((IDesignTimeServices)Activator.CreateInstance(ofDatabase)!).ConfigureDesignTimeServices(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(
            context.GetService<IDesignTimeModel>().Model,
            folder.Path,
            new CompiledModelCodeGenerationOptions { ContextType = typeof(PiCamDbContext), ModelNamespace = Space, Language = "C#", UseNullableReferenceTypes = true });
    }
}
