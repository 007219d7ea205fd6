using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace PiCam.Tests.Blazor;

/// <summary>Finds an element and acts on it in one turn of the renderer, as a browser does: between a find and a click on the
/// test's own thread, a component with a timer can render, and the found element's handler is gone.</summary>
public static class RenderedActs
{
    public static Task ClickAsync<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent => page.ActAsync(() => page.Find(selector), element => element.ClickAsync(new()));

    public static Task ChangeAsync<T>(this IRenderedComponent<T> page, string selector, object? value)
        where T : IComponent => page.ActAsync(() => page.Find(selector), element => element.ChangeAsync(new() { Value = value }));

    public static Task ActAsync<T>(this IRenderedComponent<T> page, Func<IElement> find, Func<IElement, Task> act)
        where T : IComponent => page.InvokeAsync(() => act(find()));
}
