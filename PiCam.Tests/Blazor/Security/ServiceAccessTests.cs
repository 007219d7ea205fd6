using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using PiCam.Blazor;
using PiCam.Blazor.Library;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>
/// Every operation of every service that says who calls it, called directly, as no button stands before it, against one table
/// (services.tsv: operation, lowest role). A new operation without a line in the table fails.
/// </summary>
public sealed class ServiceAccessTests : IAsyncLifetime
{
    private static readonly string Table = Path.Combine(SourceTree.Root, "PiCam.Tests", "Blazor", "Security", "services.tsv");

    // Not operations: they let nothing happen, and say how things stand for the one who asks.
    private static readonly string[] Questions = ["IsMovedBy", "AimedByOther", "AllowsAsync", "IsCurrentAsync", "Record"];

    private readonly ApiHost host = new();

    public async ValueTask InitializeAsync() => await host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task S17_EveryOperation_CalledBelowItsRole_IsRefusedByTheServiceItself()
    {
        var rows = (await File.ReadAllLinesAsync(Table, TestContext.Current.CancellationToken)).Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => Enum.Parse<Role>(cells[1]));
        var operations = Operations();
        Assert.True(operations.Count > 80, $"Only {operations.Count} operations were found.");
        Assert.Equal(operations.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));

        List<string> wrong = [];
        foreach (var (name, needed) in rows)
        {
            var (service, method) = operations[name];
            foreach (var role in Enum.GetValues<Role>().Where(role => role < needed))
            {
                var outcome = await CallAsync(service, method, role);
                if (outcome is not AccessRefusedException)
                {
                    wrong.Add($"{name} by {role}: {outcome?.GetType().Name ?? "done"}, though the table says {needed}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<Exception?> CallAsync(object service, MethodInfo method, Role role)
    {
        try
        {
            var called = method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(object)) : method;
            var result = called.Invoke(service, [.. called.GetParameters().Select(parameter => Argument(parameter.ParameterType, role))]);
            switch (result)
            {
                case Task task:
                    await task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                    break;
                case ValueTask task:
                    await task;
                    break;
                case not null when result.GetType().IsGenericType && result.GetType().GetGenericTypeDefinition() == typeof(ValueTask<>):
                    await (Task)result.GetType().GetMethod("AsTask")!.Invoke(result, [])!;
                    break;
            }

            return null;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return thrown;
        }
    }

    // Something of the type: the role is looked at before anything else is.
    private static object? Argument(Type type, Role role) => type switch
    {
        _ when type == typeof(Caller) => new Caller("somebody", "somebody", role, "direct"),
        _ when type == typeof(string) => "none",
        _ when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
        _ when typeof(Delegate).IsAssignableFrom(type) => Nothing(type),
        _ when type.IsInterface && type.IsGenericType => Activator.CreateInstance(
            type.GetGenericArguments() is [var key, var value] ? typeof(Dictionary<,>).MakeGenericType(key, value) : typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])),
        _ when type.IsInterface || type.IsAbstract => null,
        _ => RuntimeHelpers.GetUninitializedObject(type),
    };

    private static Delegate Nothing(Type type)
    {
        var invoked = type.GetMethod("Invoke")!;
        return Expression.Lambda(
            type,
            Expression.Default(invoked.ReturnType),
            invoked.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile();
    }

    private Dictionary<string, (object Service, MethodInfo Method)> Operations()
    {
        var found = new Dictionary<string, (object, MethodInfo)>();
        foreach (var type in new[] { typeof(ICamera).Assembly, typeof(PanelExtensions).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && !type.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName && !Questions.Contains(method.Name)
                    && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)))
                .ToList();
            // It belongs to a page, and acts through these services.
            if (methods.Count > 0 && type != typeof(MediaActions) && host.Services.GetService(type) is { } service)
            {
                foreach (var method in methods)
                {
                    found[$"{type.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.Name))})"] = (service, method);
                }
            }
        }

        return found;
    }
}
