using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(PiCam.Tests.Browser.BrowserLane))]
[assembly: TestClassOrderer(typeof(PiCam.Tests.Browser.BrowserLane))]

namespace PiCam.Tests.Browser;

/// <summary>
/// Browser tests run in two lanes, one test at a time in each, whatever the number of threads: a third page would take the processors from
/// the other two. A lane has one panel for most of its tests. They begin first, since what is short fits in beside them.
/// </summary>
public sealed class BrowserLane : ITestCollectionOrderer, ITestClassOrderer
{
    public const string One = "Browser lane 1";
    public const string Two = "Browser lane 2";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName is One or Two ? 0 : 1)];

    /// <summary>By name, wherever the tests lie: what one class leaves behind on a lane's panel is then met by the same others.</summary>
    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : notnull, ITestClass => [.. testClasses.OrderBy(one => one?.TestClassName, StringComparer.Ordinal)];
}

/// <inheritdoc cref="BrowserLane"/>
[CollectionDefinition(BrowserLane.One)]
public sealed class FirstBrowserLane : ICollectionFixture<LivePanelFixture>;

/// <inheritdoc cref="BrowserLane"/>
[CollectionDefinition(BrowserLane.Two)]
public sealed class SecondBrowserLane : ICollectionFixture<LivePanelFixture>;
