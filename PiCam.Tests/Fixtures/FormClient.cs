using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>A browser without scripts: keeps cookies, follows no redirect, and posts the account pages' forms with all their hidden fields.</summary>
internal sealed partial class FormClient : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };

    /// <param name="address">Of the panel.</param>
    /// <param name="anyCertificate">Takes whatever the panel shows, as a person does who clicks the warning away.</param>
    public FormClient(Uri address, bool anyCertificate = false)
    {
        if (anyCertificate)
        {
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        }

        Http = new HttpClient(handler) { BaseAddress = address };
        Http.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
    }

    public HttpClient Http { get; }

    public CookieCollection Cookies => handler.CookieContainer.GetAllCookies();

    /// <summary>All of them, as a request says them.</summary>
    public string CookieHeader => string.Join("; ", Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>The answer of the sign-in form: 302 when it let the person in.</summary>
    public async Task<HttpStatusCode> SignInAsync(string name, string password, string path = "/sign-in")
    {
        using var answer = await PostAsync(path, new() { ["Form.UserName"] = name, ["Form.Password"] = password });
        return answer.StatusCode;
    }

    /// <summary>Whether it is signed in, by what the API answers to a Viewer.</summary>
    public async Task<HttpStatusCode> StatusAsync()
    {
        using var answer = await Http.GetAsync("/api/status", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Gets a page and posts its form.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields)
    {
        var token = TestContext.Current.CancellationToken;
        var page = await Http.GetStringAsync(path, token);
        foreach (Match hidden in Hidden().Matches(page))
        {
            fields[Attribute(hidden.Value, "name")] = WebUtility.HtmlDecode(Attribute(hidden.Value, "value"));
        }

        using var form = new FormUrlEncodedContent(fields);
        return await Http.PostAsync(path, form, token);
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $@"{name}=""([^""]*)""").Groups[1].Value;

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
