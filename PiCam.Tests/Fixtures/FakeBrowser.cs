using Microsoft.JSInterop;

namespace PiCam.Tests.Fixtures;

/// <summary>A browser that the test plays: it answers a call when the test says so, and takes down what is called and let go of.</summary>
internal sealed class FakeBrowser : IJSRuntime
{
    private readonly Dictionary<string, TaskCompletionSource> answers = [];

    /// <summary>The calls in order; letting go of a thing is "dispose", with the thing's name.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Lets calls of this function through from now on.</summary>
    public void Answer(string function) => AnswerOf(function).TrySetResult();

    /// <summary>Makes calls of this function fail.</summary>
    public void Fail(string function, Exception reason) => AnswerOf(function).TrySetException(reason);

    public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

    public async ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
    {
        Calls.Add(identifier);
        await AnswerOf(identifier).Task.WaitAsync(cancellationToken);
        return new FakeThing(this, identifier) is T thing ? thing : default!;
    }

    private TaskCompletionSource AnswerOf(string function)
    {
        if (!answers.TryGetValue(function, out var answer))
        {
            answers[function] = answer = new TaskCompletionSource();
        }

        return answer;
    }

    /// <param name="browser">Where it is.</param>
    /// <param name="name">The function that gave it.</param>
    private sealed class FakeThing(FakeBrowser browser, string name) : IJSObjectReference
    {
        private bool disposed;

        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return browser.InvokeAsync<T>(identifier, cancellationToken, args);
        }

        public ValueTask DisposeAsync()
        {
            disposed = true;
            browser.Calls.Add("dispose " + name);
            return ValueTask.CompletedTask;
        }
    }
}
